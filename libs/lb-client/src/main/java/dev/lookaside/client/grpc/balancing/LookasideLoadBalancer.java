package dev.lookaside.client.grpc.balancing;

import dev.lookaside.client.grpc.outcome.EndpointTally;
import dev.lookaside.client.grpc.subscription.ServiceView;
import dev.lookaside.core.balancer.Connectivity;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.policy.PickResult.Picked;
import dev.lookaside.core.policy.Policies;
import dev.lookaside.core.policy.Policy;
import dev.lookaside.core.time.Ticker;
import io.grpc.ConnectivityState;
import io.grpc.LoadBalancer;
import io.grpc.Status;
import io.grpc.SynchronizationContext.ScheduledHandle;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * gRPC's side of lb-core's balancer: one subchannel to each endpoint of the view, whose
 * connectivity decides together with the balancer's advice, and calls that are counted where they
 * are made.
 *
 * <p>Runs in the channel's synchronization context, but for picks and the ends of calls.
 */
public final class LookasideLoadBalancer extends LoadBalancer {

  /** Fine enough for slow start, and costs little. */
  private static final Duration SWEEP_INTERVAL = Duration.ofMillis(100);

  private final Helper helper;
  private final Ticker ticker;
  private final Policies policies;
  private final RecentFailures failures;
  private final EndpointLinks links;
  private volatile @Nullable ChannelState state;
  private volatile @Nullable ServicePlan plan;
  private @Nullable ScheduledHandle sweeps;
  private boolean updating;

  public LookasideLoadBalancer(Helper helper, Ticker ticker, RandomGenerator random) {
    this.helper = helper;
    this.ticker = ticker;
    this.policies = new Policies(ticker, random);
    this.failures = new RecentFailures(ticker);
    this.links =
        new EndpointLinks(endpoint -> new EndpointLink(endpoint, helper, this::changed, ticker));
  }

  /** An empty table is an answer like any other. */
  @Override
  public Status acceptResolvedAddresses(ResolvedAddresses resolved) {
    ChannelState newer = resolved.getAttributes().get(ChannelState.KEY);
    if (newer == null) {
      Status status =
          Status.UNAVAILABLE.withDescription(
              "load balancing policy 'lookaside' is not for target "
                  + helper.getChannelTarget()
                  + " (expected: lookaside:///<service>)");
      handleNameResolutionError(status);
      return status;
    }
    LookasideConfig config =
        resolved.getLoadBalancingPolicyConfig() instanceof LookasideConfig given
            ? given
            : LookasideConfig.AS_ANNOUNCED;
    use(newer, config.policy().orElse(newer.view().policy()));
    return Status.OK;
  }

  private void use(ChannelState newer, String policy) {
    renewReturned(newer.view());
    state = newer;
    ServiceView view = newer.view();
    ServicePlan current = plan;
    if (current == null || !current.isFor(view.table().service(), view.traffic(), newer.loads())) {
      current =
          new ServicePlan(
              view.table().service(), policy, view.traffic(), newer.loads(), this::policy, ticker);
      plan = current;
    }
    current.use(policy, this::policy);
    current.update(view.table());
    updating = true;
    links.update(view.table());
    updating = false;
    changed();
    if (sweeps == null) {
      sweeps =
          helper
              .getSynchronizationContext()
              .scheduleWithFixedDelay(
                  this::sweep,
                  SWEEP_INTERVAL,
                  SWEEP_INTERVAL,
                  helper.getScheduledExecutorService());
    }
  }

  /** An endpoint that the balancer reaches again is worth an attempt at once. */
  private void renewReturned(ServiceView newer) {
    ChannelState before = state;
    if (before != null) {
      newer.table().endpoints().stream()
          .filter(e -> before.view().isAdvisedAgainst(e) && !newer.isAdvisedAgainst(e))
          .forEach(e -> links.find(e).ifPresent(EndpointLink::renew));
    }
  }

  private Policy policy(String name) {
    return new SubchannelPolicy(policies.create(name), this::toSubchannel);
  }

  /** Any thread may ask. */
  private Picked toSubchannel(Picked picked) {
    ServicePlan current = plan;
    ChannelState known = state;
    Subchannel subchannel = links.subchannel(picked.endpoint()).orElse(null);
    if (current == null || known == null || subchannel == null) {
      return picked;
    }
    EndpointTally tally = known.tallies().map(t -> t.of(picked.endpoint())).orElse(null);
    EndpointCalls calls =
        new EndpointCalls(
            picked.endpoint(), picked.load(), current.balancer(), failures, tally, ticker);
    return new SubchannelPick(
        picked.endpoint(), picked.load(), PickResult.withSubchannel(subchannel, calls));
  }

  private void changed() {
    ServicePlan current = plan;
    ChannelState known = state;
    if (current == null || known == null || updating) {
      return;
    }
    ServiceView view = known.view();
    boolean disregarded = new Advice(view, links::connectivity).isDisregarded();
    for (Endpoint endpoint : view.table().endpoints()) {
      boolean avoided = !disregarded && view.isAdvisedAgainst(endpoint);
      current.tell(endpoint, Advice.toGoBy(links.connectivity(endpoint), avoided));
    }
    publish(current, view);
  }

  private void publish(ServicePlan current, ServiceView view) {
    ConnectivityState connectivity = connectivity(current, view);
    PickResult otherwise =
        connectivity == ConnectivityState.TRANSIENT_FAILURE
            ? PickResult.withError(new Absence(view, links).status())
            : PickResult.withNoResult();
    helper.updateBalancingState(
        connectivity, new LookasidePicker(current.service(), failures, otherwise));
  }

  private ConnectivityState connectivity(ServicePlan current, ServiceView view) {
    if (!current.service().snapshot().eligible().isEmpty()) {
      return ConnectivityState.READY;
    }
    boolean connecting =
        view.table().endpoints().stream()
            .anyMatch(e -> e.takesCalls() && links.connectivity(e) == Connectivity.CONNECTING);
    return connecting ? ConnectivityState.CONNECTING : ConnectivityState.TRANSIENT_FAILURE;
  }

  private void sweep() {
    ServicePlan current = plan;
    if (current != null) {
      current.balancer().sweep();
      failures.sweep();
      links.forEach(EndpointLink::renewIfStale);
    }
  }

  @Override
  public void handleNameResolutionError(Status error) {
    if (plan == null) {
      helper.updateBalancingState(
          ConnectivityState.TRANSIENT_FAILURE,
          new LoadBalancer.FixedResultPicker(PickResult.withError(error)));
    }
  }

  @Override
  public void shutdown() {
    if (sweeps != null) {
      sweeps.cancel();
    }
    plan = null;
    links.close();
  }
}
