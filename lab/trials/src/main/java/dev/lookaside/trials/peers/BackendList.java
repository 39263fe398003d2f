package dev.lookaside.trials.peers;

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
import java.util.List;

/** The servers, as gRPC's own policies learn of them: their addresses, given. */
final class BackendList {
  static final String SERVICE = "empty";
  private static final String SCHEME = "backends";

  private BackendList() {}

  /** A channel with gRPC's round_robin over them. */
  static ManagedChannel channel(List<Integer> ports) {
    NameResolverRegistry.getDefaultRegistry().register(new Provider(ports));
    return NettyChannelBuilder.forTarget(
            SCHEME + ":///" + SERVICE, InsecureChannelCredentials.create())
        .defaultLoadBalancingPolicy("round_robin")
        .directExecutor()
        .build();
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
