package dev.lookaside.core.balancer;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.LoadView;
import dev.lookaside.core.policy.Candidates;
import dev.lookaside.core.policy.Ceilings;
import dev.lookaside.core.policy.Picker;
import dev.lookaside.core.policy.Policy;
import java.util.function.ToDoubleFunction;

/**
 * Endpoints of one service that one policy picks from, each with at most its share. For one thread
 * at a time; its pickers are for all.
 */
final class Tier {
  private final LoadView loads;
  private final Ceilings ceilings = new Ceilings();
  private Policy policy;
  private EndpointTable table;

  Tier(Policy policy, EndpointTable table, LoadView loads) {
    this.policy = policy;
    this.table = table;
    this.loads = loads;
  }

  String policy() {
    return policy.name();
  }

  void use(Policy newPolicy) {
    policy = newPolicy;
  }

  Picker newPicker(EndpointTable newTable, ToDoubleFunction<Endpoint> share) {
    table = newTable;
    setCeilings(share);
    return policy.newPicker(new Candidates(table, loads, ceilings));
  }

  /** Brings the ceilings up to date; says whether other endpoints than before have one. */
  Ceilings.Change setCeilings(ToDoubleFunction<Endpoint> share) {
    return ceilings.set(table.endpoints(), policy.spread(), share);
  }
}
