package dev.lookaside.client.grpc.balancing;

import dev.lookaside.core.policy.PickArgs;
import dev.lookaside.core.policy.Picker;
import io.grpc.CallOptions;
import io.grpc.LoadBalancer;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.PickSubchannelArgs;
import io.grpc.Metadata;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Picks from one snapshot of the service's balancer.
 *
 * <p>A retry or a hedge leaves out the endpoints that its call was sent to before, unless there is
 * no other. Where the call does not remember them, a retry leaves out those that have just failed
 * for anyone.
 */
final class LookasidePicker extends LoadBalancer.SubchannelPicker {
  private static final Metadata.Key<String> PREVIOUS_ATTEMPTS =
      Metadata.Key.of("grpc-previous-rpc-attempts", Metadata.ASCII_STRING_MARSHALLER);

  private final Picker picker;
  private final String policy;
  private final RecentFailures failures;
  private final PickResult otherwise;

  /**
   * A picker that asks another one.
   *
   * @param policy what that one picks by
   * @param otherwise the answer when there is nothing to pick
   */
  LookasidePicker(Picker picker, String policy, RecentFailures failures, PickResult otherwise) {
    this.picker = picker;
    this.policy = policy;
    this.failures = failures;
    this.otherwise = otherwise;
  }

  @Override
  public PickResult pickSubchannel(PickSubchannelArgs args) {
    SubchannelPick pick = pick(args);
    if (pick == null) {
      return otherwise;
    }
    PickListener listener = args.getCallOptions().getOption(CallKeys.PICKS);
    if (listener != null) {
      listener.picked(pick.endpoint(), policy);
    }
    return pick.answer(CallShape.of(args.getMethodDescriptor().getType()));
  }

  private @Nullable SubchannelPick pick(PickSubchannelArgs args) {
    Optional<String> affinity =
        Optional.ofNullable(args.getCallOptions().getOption(CallKeys.AFFINITY));
    List<String> avoided = avoided(args);
    if (!avoided.isEmpty()
        && picker.pick(new PickArgs(avoided, affinity)) instanceof SubchannelPick elsewhere) {
      return elsewhere;
    }
    PickArgs any = affinity.isEmpty() ? PickArgs.ANY : new PickArgs(List.of(), affinity);
    return picker.pick(any) instanceof SubchannelPick pick ? pick : null;
  }

  private List<String> avoided(PickSubchannelArgs args) {
    CallOptions options = args.getCallOptions();
    TriedEndpoints tried = options.getOption(CallKeys.TRIED);
    if (tried != null) {
      return tried.ids();
    }
    List<String> failed = failures.ids();
    return failed.isEmpty() || !args.getHeaders().containsKey(PREVIOUS_ATTEMPTS)
        ? List.of()
        : failed;
  }
}
