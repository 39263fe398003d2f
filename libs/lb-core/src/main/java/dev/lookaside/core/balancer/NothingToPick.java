package dev.lookaside.core.balancer;

import dev.lookaside.core.policy.PickRequest;
import dev.lookaside.core.policy.PickResult;
import dev.lookaside.core.policy.Picker;
import dev.lookaside.core.policy.RankedEndpoint;
import java.util.List;

/** The picker of a service without an eligible endpoint. */
record NothingToPick(PickResult.Unavailable answer) implements Picker {

  @Override
  public PickResult pick(PickRequest request) {
    return answer;
  }

  @Override
  public List<RankedEndpoint> rank(PickRequest request) {
    return List.of();
  }
}
