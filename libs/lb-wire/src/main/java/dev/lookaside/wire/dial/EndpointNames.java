package dev.lookaside.wire.dial;

import dev.lookaside.core.endpoint.Address;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.Status;
import io.grpc.StatusOr;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Targets of the form {@code lookaside-endpoint:///host:port}.
 *
 * <p>gRPC's own resolver refuses names that are no host names by RFC 952, such as the {@code
 * my_worker_1} that Docker makes, although TCP connects to them; and it must look a name up again
 * for a connection that failed. This one takes what an {@link Address} may be, and every address
 * that a name has is tried.
 */
public final class EndpointNames extends NameResolverProvider {
  private static final String SCHEME = "lookaside-endpoint";

  /** Has a say on every address that a name has; {@link AddressCheck#standard} if not set. */
  public static final NameResolver.Args.Key<AddressCheck> ALLOWED =
      NameResolver.Args.Key.create("lookaside-allowed");

  /** For a channel to there. */
  public static String target(Address address) {
    try {
      return new URI(SCHEME, "", "/" + address, null).toString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("address is '" + address + "' (expected: host:port)", e);
    }
  }

  @Override
  public @Nullable NameResolver newNameResolver(URI target, NameResolver.Args args) {
    return target.getScheme().equals(SCHEME)
        ? new Resolver(
            Address.parse(target.getPath().substring(1)),
            Objects.requireNonNull(args.getOffloadExecutor()),
            HostLookup.system(
                Objects.requireNonNullElseGet(args.getArg(ALLOWED), AddressCheck::standard)))
        : null;
  }

  @Override
  public String getDefaultScheme() {
    return SCHEME;
  }

  @Override
  protected boolean isAvailable() {
    return true;
  }

  /** Below gRPC's own: nobody who names no scheme shall come here. */
  @Override
  protected int priority() {
    return 0;
  }

  @Override
  public List<Class<? extends SocketAddress>> getProducedSocketAddressTypes() {
    return List.of(InetSocketAddress.class);
  }

  private static final class Resolver extends NameResolver {
    private final Address address;
    private final Executor blocking;
    private final HostLookup lookup;
    private @Nullable Listener2 listener;

    Resolver(Address address, Executor blocking, HostLookup lookup) {
      this.address = address;
      this.blocking = blocking;
      this.lookup = lookup;
    }

    @Override
    public String getServiceAuthority() {
      return address.toString();
    }

    @Override
    public void start(Listener2 listener) {
      this.listener = listener;
      refresh();
    }

    /** gRPC asks for it when a connection has failed: the name may lead elsewhere by now. */
    @Override
    public void refresh() {
      Listener2 known = Objects.requireNonNull(listener, "not started");
      blocking.execute(() -> known.onResult(lookUp()));
    }

    private ResolutionResult lookUp() {
      return ResolutionResult.newBuilder().setAddressesOrError(addresses()).build();
    }

    private StatusOr<List<EquivalentAddressGroup>> addresses() {
      HostLookup.Found found = lookup.of(address);
      if (found instanceof HostLookup.Found.Hosts known) {
        List<SocketAddress> all =
            known.hosts().stream()
                .<SocketAddress>map(host -> new InetSocketAddress(host, address.port()))
                .toList();
        return StatusOr.fromValue(List.of(new EquivalentAddressGroup(all)));
      }
      return StatusOr.fromStatus(Status.UNAVAILABLE.withDescription(found.reason()));
    }

    @Override
    public void shutdown() {}
  }
}
