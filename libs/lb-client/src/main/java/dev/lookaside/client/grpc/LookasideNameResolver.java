package dev.lookaside.client.grpc;

import dev.lookaside.client.grpc.balancing.ChannelState;
import dev.lookaside.client.grpc.outcome.Tallies;
import dev.lookaside.client.grpc.subscription.ServiceView;
import dev.lookaside.client.grpc.subscription.Subscription;
import dev.lookaside.client.grpc.subscription.SubscriptionSettings;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.time.Chance;
import dev.lookaside.core.time.Ticker;
import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.NameResolver;
import io.grpc.Status;
import io.grpc.StatusOr;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Resolves one service by a subscription, and hands over every new view of it. */
final class LookasideNameResolver extends NameResolver {
  private static final int MOST_INBOUND_BYTES = 64 << 20;
  // Our balancers permit a ping every 10 s.
  private static final int KEEP_ALIVE_SECONDS = 15;
  private static final int KEEP_ALIVE_TIMEOUT_SECONDS = 5;

  private final String service;
  private final ClientSettings settings;
  private final SharedSnapshots snapshots;
  private final Args args;
  private final LoadTracker loads;
  private final Tallies tallies = new Tallies();
  private @Nullable Subscription subscription;

  LookasideNameResolver(
      String service, ClientSettings settings, SharedSnapshots snapshots, Args args) {
    this.service = service;
    this.settings = settings;
    this.snapshots = snapshots;
    this.args = args;
    this.loads = new LoadTracker(LoadMemory.of(settings), Ticker.system());
  }

  /** Endpoints that use TLS prove that they are this service. */
  @Override
  public String getServiceAuthority() {
    return URLEncoder.encode(service, StandardCharsets.UTF_8);
  }

  @Override
  public void start(Listener2 listener) {
    Executor offload =
        Optional.ofNullable(args.getOffloadExecutor()).orElseGet(ForkJoinPool::commonPool);
    subscription =
        new Subscription(
            new SubscriptionSettings(
                service,
                settings.clientId(),
                settings.balancers(),
                settings.loadInterval(),
                settings.statsInterval(),
                settings.subsetSize()),
            this::connect,
            snapshots.of(settings),
            loads,
            tallies,
            new ToChannel(listener, serviceConfig()),
            args.getScheduledExecutorService(),
            offload,
            Ticker.system(),
            Chance.system());
    subscription.start();
  }

  private ManagedChannel connect(Address balancer) {
    return Grpc.newChannelBuilderForAddress(
            balancer.host(), balancer.port(), settings.balancerCredentials())
        .maxInboundMessageSize(MOST_INBOUND_BYTES)
        .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
        .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .disableRetry()
        .build();
  }

  private ConfigOrError serviceConfig() {
    return args.getServiceConfigParser()
        .parseServiceConfig(
            new DefaultServiceConfig(settings.policy(), settings.maxAttempts()).toJson());
  }

  @Override
  public void refresh() {
    if (subscription != null) {
      subscription.retryNow();
    }
  }

  @Override
  public void shutdown() {
    if (subscription != null) {
      subscription.close();
    }
  }

  /** Hands over what the subscription learns. */
  private final class ToChannel implements Subscription.Listener {
    private final Listener2 listener;
    private final ConfigOrError serviceConfig;

    ToChannel(Listener2 listener, ConfigOrError serviceConfig) {
      this.listener = listener;
      this.serviceConfig = serviceConfig;
    }

    @Override
    public void updated(ServiceView view) {
      listener.onResult(
          ResolutionResult.newBuilder()
              .setAddressesOrError(StatusOr.fromValue(addresses(view)))
              .setServiceConfig(serviceConfig)
              .setAttributes(
                  Attributes.newBuilder()
                      .set(ChannelState.KEY, new ChannelState(view, loads, reported()))
                      .build())
              .build());
    }

    @Override
    public void unavailable(Status status) {
      listener.onError(status);
    }

    private Optional<Tallies> reported() {
      return settings.statsInterval().isZero() ? Optional.empty() : Optional.of(tallies);
    }
  }

  /** For policies other than ours, which a user may want; ours reads the view. */
  private static List<EquivalentAddressGroup> addresses(ServiceView view) {
    return view.table().endpoints().stream()
        .map(Endpoint::address)
        .map(
            a -> new EquivalentAddressGroup(InetSocketAddress.createUnresolved(a.host(), a.port())))
        .toList();
  }
}
