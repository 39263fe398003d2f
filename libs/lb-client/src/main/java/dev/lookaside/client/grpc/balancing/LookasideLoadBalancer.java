package dev.lookaside.client.grpc.balancing;

import dev.lookaside.client.grpc.subscription.ServiceView;
import dev.lookaside.core.policy.Policies;
import dev.lookaside.core.policy.Policy;
import dev.lookaside.core.time.Ticker;
import io.grpc.ConnectivityState;
import io.grpc.LoadBalancer;
import io.grpc.Status;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * gRPC's side of lb-core's balancer: takes what the resolver learns, and the configuration.
 *
 * <p>Runs in the channel's synchronization context, but for picks and the ends of calls.
 */
public final class LookasideLoadBalancer extends LoadBalancer {
  private final Helper helper;
  private final Ticker ticker;
  private final Policies policies;
  private @Nullable ChannelBalancer balancer;

  public LookasideLoadBalancer(Helper helper, Ticker ticker, RandomGenerator random) {
    this.helper = helper;
    this.ticker = ticker;
    this.policies = new Policies(ticker, random);
  }

  /** An empty table is an answer like any other. */
  @Override
  public Status acceptResolvedAddresses(ResolvedAddresses resolved) {
    ChannelState state = resolved.getAttributes().get(ChannelState.KEY);
    if (state == null) {
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
    ServiceView view = state.view();
    balancerFor(state).use(view, config.policy().orElse(view.policy()));
    return Status.OK;
  }

  /** The one there is, unless the calls are to be counted elsewhere from now on. */
  private ChannelBalancer balancerFor(ChannelState state) {
    ChannelBalancer current = balancer;
    if (current != null && current.counts(state)) {
      return current;
    }
    if (current != null) {
      current.close();
    }
    ChannelBalancer fresh = new ChannelBalancer(helper, ticker, this::policy, state);
    balancer = fresh;
    return fresh;
  }

  private Policy policy(String name) {
    return policies.create(name);
  }

  @Override
  public void handleNameResolutionError(Status error) {
    if (balancer == null) {
      helper.updateBalancingState(
          ConnectivityState.TRANSIENT_FAILURE,
          new LoadBalancer.FixedResultPicker(PickResult.withError(error)));
    }
  }

  @Override
  public void shutdown() {
    if (balancer != null) {
      balancer.close();
    }
  }
}
