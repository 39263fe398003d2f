package dev.lookaside.core.balancer;

import dev.lookaside.core.policy.PickArgs;
import dev.lookaside.core.policy.PickResult;
import dev.lookaside.core.policy.Picker;
import dev.lookaside.core.policy.RankedEndpoint;
import java.util.List;

/** The picker of a service without an eligible endpoint. */
record NothingToPick(PickResult.Unavailable answer) implements Picker {

  @Override
  public PickResult pick(PickArgs request) {
    return answer;
  }

  @Override
  public List<RankedEndpoint> rank(PickArgs request) {
    return List.of();
  }
}
