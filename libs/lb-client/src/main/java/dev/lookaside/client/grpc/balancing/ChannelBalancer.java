package dev.lookaside.client.grpc.balancing;

import dev.lookaside.client.grpc.outcome.Tallies;
import dev.lookaside.client.grpc.subscription.ServiceView;
import dev.lookaside.core.balancer.Connectivity;
import dev.lookaside.core.balancer.ServiceSnapshot;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.Completion.Ending;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.policy.Policy;
import dev.lookaside.core.time.Ticker;
import io.grpc.ConnectivityState;
import io.grpc.LoadBalancer;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.SynchronizationContext;
import io.grpc.SynchronizationContext.ScheduledHandle;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Balances the calls of one channel: one link to each endpoint of the view, whose connectivity
 * decides together with the balancer's advice.
 *
 * <pre>
 *   view, connectivity ─▶ refresh ─▶ ServiceBalancer ─▶ new snapshot ─▶ publish ─▶ gRPC's channel
 * </pre>
 *
 * <p>All of it in the channel's synchronization context. Only word of a new snapshot, and of a call
 * that failed, may come from any thread; what follows is done in the context.
 */
final class ChannelBalancer {

  /** Fine enough for slow start, and costs little. */
  private static final Duration SWEEP_INTERVAL = Duration.ofMillis(100);

  /**
   * A refresh looks at each endpoint, so with many endpoints their single changes share one. A
   * channel to a hundred endpoints does not wait.
   */
  private static final int FEW_LINKS = 200;

  private static final long PAUSE_NANOS_PER_LINK = TimeUnit.MICROSECONDS.toNanos(2);

  private final LoadBalancer.Helper helper;
  private final Ticker ticker;
  private final Function<String, Policy> policies;
  private final LoadTracker loads;
  private final Optional<Tallies> tallies;
  private final RecentFailures failures;
  private final EndpointLinks links;
  private final Paced refresh;
  private final Signal snapshots;
  private final Executor judge;
  private final ScheduledHandle sweeps;
  private @Nullable ServiceView view;
  private volatile @Nullable ServicePlan plan;

  /**
   * @param state what calls are counted with; its view is not yet used
   */
  ChannelBalancer(
      LoadBalancer.Helper helper,
      Ticker ticker,
      Function<String, Policy> policies,
      ChannelState state) {
    this.helper = helper;
    this.ticker = ticker;
    this.loads = state.loads();
    this.tallies = state.tallies();
    this.failures = new RecentFailures();
    SynchronizationContext context = helper.getSynchronizationContext();
    ScheduledExecutorService timer = helper.getScheduledExecutorService();
    LinkContext linkContext = new LinkContext(helper, this::trouble, ticker);
    this.refresh = new Paced(context, timer, ticker, this::pauseNanos, this::refresh);
    this.links =
        new EndpointLinks(endpoint ->
            new EndpointLink(
                endpoint,
                linkContext,
                tallies.map(t -> t.open(endpoint)).orElse(null),
                refresh::want,
                ticker));
    this.policies = name -> new SubchannelPolicy(policies.apply(name), links::withAnswer);
    this.snapshots = new Signal(context, this::publish);
    // Not on the thread on which the call ended: that one has others to serve.
    this.judge =
        task -> {
          var unused = context.schedule(task, 0, TimeUnit.NANOSECONDS, timer);
        };
    this.sweeps =
        context.scheduleWithFixedDelay(this::sweep, SWEEP_INTERVAL, SWEEP_INTERVAL, timer);
  }

  boolean counts(ChannelState state) {
    return loads == state.loads() && tallies.equals(state.tallies());
  }

  void use(ServiceView newer, String policy) {
    renewReturned(newer);
    view = newer;
    String service = newer.table().service();
    ServicePlan current = plan;
    if (current == null || !current.isFor(service, newer.traffic(), loads)) {
      current =
          new ServicePlan(
              service,
              policy,
              newer.traffic(),
              loads,
              policies,
              ticker,
              (before, now) -> snapshots.raise(),
              judge);
      plan = current;
    }
    links.update(newer.table());
    current.use(policy, policies);
    current.update(newer.table());
    refresh.want();
  }

  /** An endpoint that the balancer reaches again is worth an attempt at once. */
  private void renewReturned(ServiceView newer) {
    ServiceView before = view;
    if (before != null && !before.advisedAgainst().isEmpty()) {
      newer.table().endpoints().stream()
          .filter(e -> before.isAdvisedAgainst(e) && !newer.isAdvisedAgainst(e))
          .forEach(e -> links.find(e).ifPresent(EndpointLink::renew));
    }
  }

  private long pauseNanos() {
    return links.size() <= FEW_LINKS ? 0 : links.size() * PAUSE_NANOS_PER_LINK;
  }

  private void refresh() {
    ServicePlan current = plan;
    ServiceView known = view;
    if (current != null && known != null) {
      current.tell(known.table().endpoints(), new Advice(known, links)::connectivity);
    }
  }

  /** State, picker and error are of one snapshot; a later one is published in its turn. */
  private void publish() {
    ServicePlan current = plan;
    ServiceView known = view;
    if (current == null || known == null) {
      return;
    }
    ServiceSnapshot snapshot = current.snapshot();
    ConnectivityState state = state(snapshot);
    PickResult otherwise =
        state == ConnectivityState.TRANSIENT_FAILURE
            ? PickResult.withError(
                new Absence(snapshot.registered(), known.source(), links).status())
            : PickResult.withNoResult();
    helper.updateBalancingState(
        state, new LookasidePicker(snapshot.picker(), snapshot.policy(), failures, otherwise));
  }

  private static ConnectivityState state(ServiceSnapshot snapshot) {
    if (!snapshot.eligible().isEmpty()) {
      return ConnectivityState.READY;
    }
    boolean connecting =
        snapshot.registered().endpoints().stream()
            .anyMatch(e -> e.takesCalls() && snapshot.connectivityOf(e) == Connectivity.CONNECTING);
    return connecting ? ConnectivityState.CONNECTING : ConnectivityState.TRANSIENT_FAILURE;
  }

  /** On the thread on which the call ended. */
  private void trouble(Endpoint endpoint, Ending ending, long nowNanos) {
    failures.failed(endpoint.id(), nowNanos);
    ServicePlan current = plan;
    if (current != null) {
      current.completed(endpoint, ending);
    }
  }

  private void sweep() {
    ServicePlan current = plan;
    if (current != null) {
      current.sweep();
    }
    failures.sweep(ticker.nanos());
    links.forEach(EndpointLink::renewIfStale);
    if (view != null && !view.advisedAgainst().isEmpty()) {
      // Whether advice is followed depends on how long others have been connecting.
      refresh.want();
    }
  }

  void close() {
    sweeps.cancel();
    refresh.stop();
    plan = null;
    links.close();
  }
}
