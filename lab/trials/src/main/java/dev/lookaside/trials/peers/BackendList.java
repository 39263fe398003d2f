package dev.lookaside.trials.peers;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.Status;
import io.grpc.StatusOr;
import io.grpc.netty.NettyChannelBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The servers, as gRPC's own policies and as our balancer learn of them. */
final class BackendList {
  static final String SERVICE = "empty";
  private static final String SCHEME = "backends";

  private BackendList() {}

  /** Registers each as etcd's own gRPC naming does; the embedded registry forgets them on exit. */
  static void register(List<Integer> ports, int etcdPort) {
    try (Client etcd = Client.builder().endpoints("http://127.0.0.1:" + etcdPort).build()) {
      for (int port : ports) {
        etcd.getKVClient()
            .put(
                bytes("lookaside/" + SERVICE + "/backend-" + port),
                bytes("{\"Op\":0,\"Addr\":\"127.0.0.1:" + port + "\"}"))
            .join();
      }
    }
  }

  /** A channel with gRPC's round_robin over them. */
  static ManagedChannel channel(List<Integer> ports) {
    NameResolverRegistry.getDefaultRegistry().register(new Provider(ports));
    return NettyChannelBuilder.forTarget(
            SCHEME + ":///" + SERVICE, InsecureChannelCredentials.create())
        .defaultLoadBalancingPolicy("round_robin")
        .directExecutor()
        .build();
  }

  private static ByteSequence bytes(String text) {
    return ByteSequence.from(text, StandardCharsets.UTF_8);
  }

  private static final class Provider extends NameResolverProvider {
    private final List<Integer> ports;

    private Provider(List<Integer> ports) {
      this.ports = ports;
    }

    @Override
    public NameResolver newNameResolver(URI target, NameResolver.Args args) {
      return new Resolver(ports);
    }

    @Override
    protected boolean isAvailable() {
      return true;
    }

    @Override
    protected int priority() {
      return 5;
    }

    @Override
    public String getDefaultScheme() {
      return SCHEME;
    }
  }

  private static final class Resolver extends NameResolver {
    private final List<Integer> ports;

    private Resolver(List<Integer> ports) {
      this.ports = ports;
    }

    @Override
    public void start(Listener2 listener) {
      Status status =
          listener.onResult2(
              ResolutionResult.newBuilder()
                  .setAddressesOrError(
                      StatusOr.fromValue(
                          ports.stream()
                              .map(port ->
                                  new EquivalentAddressGroup(
                                      new InetSocketAddress(
                                          InetAddress.getLoopbackAddress(), port)))
                              .toList()))
                  .setAttributes(Attributes.EMPTY)
                  .build());
      if (!status.isOk()) {
        throw new IllegalStateException(status.toString());
      }
    }

    @Override
    public String getServiceAuthority() {
      return SERVICE;
    }

    @Override
    public void shutdown() {}
  }
}
