package dev.lookaside.simulator.report;

import dev.lookaside.simulator.scenario.ScenarioPoint;
import java.util.List;
import java.util.Optional;

/** All strategies at one point of a sweep. */
record PointResult(ScenarioPoint point, List<StrategyResult> strategies) {

  Optional<StrategyResult> find(String strategy) {
    return strategies.stream().filter(s -> s.strategy().equals(strategy)).findFirst();
  }
}
