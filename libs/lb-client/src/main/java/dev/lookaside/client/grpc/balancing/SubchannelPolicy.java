package dev.lookaside.client.grpc.balancing;

import dev.lookaside.core.policy.Candidates;
import dev.lookaside.core.policy.PickResult;
import dev.lookaside.core.policy.Picker;
import dev.lookaside.core.policy.Policy;
import dev.lookaside.core.policy.Spread;
import java.util.function.UnaryOperator;

/** A policy of lb-core whose picks are subchannels. */
record SubchannelPolicy(Policy policy, UnaryOperator<PickResult.Picked> toSubchannel)
    implements Policy {

  @Override
  public String name() {
    return policy.name();
  }

  @Override
  public Picker newPicker(Candidates candidates) {
    return policy.newPicker(candidates.yielding(toSubchannel));
  }

  @Override
  public Policy fresh() {
    return new SubchannelPolicy(policy.fresh(), toSubchannel);
  }

  @Override
  public Spread spread() {
    return policy.spread();
  }
}
