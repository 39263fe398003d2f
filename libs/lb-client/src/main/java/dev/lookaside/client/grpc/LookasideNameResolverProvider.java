package dev.lookaside.client.grpc;

import dev.lookaside.core.endpoint.Address;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.Uri;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Resolves targets of the scheme {@code lookaside}. gRPC finds it by itself. */
public final class LookasideNameResolverProvider extends NameResolverProvider {

  /** Below DNS, which is 5: the highest of all decides what a target without a scheme means. */
  private static final int PRIORITY = 3;

  private final Supplier<ClientSettings> settings;
  private final int priority;

  /** For gRPC: settings from system properties and the environment. */
  public LookasideNameResolverProvider() {
    this(EnvironmentSettings.ofThisProcess()::read, PRIORITY);
  }

  /** To be registered by hand, in front of the one that gRPC finds by itself. */
  public LookasideNameResolverProvider(ClientSettings settings) {
    this(() -> settings, PRIORITY + 1);
  }

  private LookasideNameResolverProvider(Supplier<ClientSettings> settings, int priority) {
    this.settings = settings;
    this.priority = priority;
  }

  @Override
  protected boolean isAvailable() {
    return true;
  }

  @Override
  protected int priority() {
    return priority;
  }

  @Override
  public String getDefaultScheme() {
    return Lookaside.SCHEME;
  }

  @Override
  public @Nullable NameResolver newNameResolver(URI uri, NameResolver.Args args) {
    if (!Lookaside.SCHEME.equals(uri.getScheme())) {
      return null;
    }
    String rest = uri.getQuery() == null ? uri.getFragment() : uri.getQuery();
    return newNameResolver(
        Target.of(uri.toString(), uri.getAuthority(), uri.getPath(), rest), args);
  }

  @Override
  public @Nullable NameResolver newNameResolver(Uri uri, NameResolver.Args args) {
    if (!Lookaside.SCHEME.equals(uri.getScheme())) {
      return null;
    }
    String rest = uri.getRawQuery() == null ? uri.getRawFragment() : uri.getRawQuery();
    return newNameResolver(
        Target.of(uri.toString(), uri.getAuthority(), uri.getPath(), rest), args);
  }

  private NameResolver newNameResolver(Target target, NameResolver.Args args) {
    ClientSettings given = Optional.ofNullable(args.getArg(Lookaside.SETTINGS)).orElseGet(settings);
    List<Address> balancers = target.balancers().isEmpty() ? given.balancers() : target.balancers();
    if (balancers.isEmpty()) {
      throw new IllegalArgumentException(
          ("no balancer is given for lookaside:///%s (expected: one of the target"
                  + " lookaside://host:port/%s, Lookaside.newChannelBuilder, the system property"
                  + " lookaside.lb=host:port,... or the environment variable"
                  + " LOOKASIDE_LB=host:port,...)")
              .formatted(target.service(), target.service()));
    }
    return new LookasideNameResolver(
        target.service(),
        given.withBalancers(balancers),
        SharedSubscriptions.ofThisProcess(),
        args);
  }
}
