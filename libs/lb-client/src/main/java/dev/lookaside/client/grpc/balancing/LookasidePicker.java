package dev.lookaside.client.grpc.balancing;

import dev.lookaside.core.balancer.ServiceBalancer;
import dev.lookaside.core.policy.PickArgs;
import dev.lookaside.core.policy.Picker;
import io.grpc.LoadBalancer;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.PickSubchannelArgs;
import io.grpc.Metadata;
import java.util.List;
import java.util.Optional;

/**
 * Picks as the service's balancer says at that moment.
 *
 * <p>The pick of an attempt that follows a failed one leaves out the endpoints that have just
 * failed, unless there is no other.
 */
final class LookasidePicker extends LoadBalancer.SubchannelPicker {
  private static final Metadata.Key<String> PREVIOUS_ATTEMPTS =
      Metadata.Key.of("grpc-previous-rpc-attempts", Metadata.ASCII_STRING_MARSHALLER);

  private final ServiceBalancer balancer;
  private final RecentFailures failures;
  private final PickResult otherwise;

  /**
   * @param otherwise the answer when there is nothing to pick
   */
  LookasidePicker(ServiceBalancer balancer, RecentFailures failures, PickResult otherwise) {
    this.balancer = balancer;
    this.failures = failures;
    this.otherwise = otherwise;
  }

  @Override
  public PickResult pickSubchannel(PickSubchannelArgs args) {
    Picker picker = balancer.snapshot().picker();
    List<String> failed = failures.ids();
    if (!failed.isEmpty() && args.getHeaders().containsKey(PREVIOUS_ATTEMPTS)) {
      var elsewhere = picker.pick(new PickArgs(failed, affinity(args)));
      if (elsewhere instanceof SubchannelPick pick) {
        return pick.answer();
      }
    }
    return picker.pick(request(args)) instanceof SubchannelPick pick ? pick.answer() : otherwise;
  }

  private static PickArgs request(PickSubchannelArgs args) {
    Optional<String> affinity = affinity(args);
    return affinity.isEmpty() ? PickArgs.ANY : new PickArgs(List.of(), affinity);
  }

  private static Optional<String> affinity(PickSubchannelArgs args) {
    return Optional.ofNullable(args.getCallOptions().getOption(CallKeys.AFFINITY));
  }
}
