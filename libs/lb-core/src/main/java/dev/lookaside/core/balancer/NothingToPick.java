package dev.lookaside.core.balancer;

import dev.lookaside.core.policy.Explained;
import dev.lookaside.core.policy.Moment;
import dev.lookaside.core.policy.PickArgs;
import dev.lookaside.core.policy.PickResult;
import dev.lookaside.core.policy.Picker;
import dev.lookaside.core.policy.Rule;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The picker of a service without an eligible endpoint. */
record NothingToPick(PickResult.Unavailable answer) implements Picker {

  @Override
  public PickResult pick(PickArgs request) {
    return answer;
  }

  @Override
  public Explained explain(PickArgs request, long seed) {
    Moment moment = new Moment(Rule.NOTHING, seed, request, new TreeMap<>(), List.of());
    return new Explained(moment, List.of(), answer.reason(), Optional.empty(), () -> answer);
  }
}
