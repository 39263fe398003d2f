package dev.lookaside.lb.xds;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.StatusOr;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** One name that leads to several ports of this machine, as one in DNS leads to several hosts. */
final class FixedAddresses extends NameResolverProvider {
  private static final String SCHEME = "fixed";
  private final List<EquivalentAddressGroup> addresses;

  FixedAddresses(int... ports) {
    this.addresses =
        Arrays.stream(ports)
            .mapToObj(port -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .map(EquivalentAddressGroup::new)
            .toList();
  }

  String target() {
    return SCHEME + ":///balancers";
  }

  @Override
  public NameResolver newNameResolver(URI target, NameResolver.Args args) {
    return new NameResolver() {
      @Override
      public String getServiceAuthority() {
        return "balancers";
      }

      @Override
      public void start(Listener2 listener) {
        listener.onResult(
            ResolutionResult.newBuilder()
                .setAddressesOrError(StatusOr.fromValue(addresses))
                .build());
      }

      @Override
      public void shutdown() {}
    };
  }

  @Override
  public String getDefaultScheme() {
    return SCHEME;
  }

  @Override
  protected boolean isAvailable() {
    return true;
  }

  @Override
  protected int priority() {
    return 0;
  }

  @Override
  public Collection<Class<? extends SocketAddress>> getProducedSocketAddressTypes() {
    return List.of(InetSocketAddress.class);
  }
}
