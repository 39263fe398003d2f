package dev.lookaside.simulator.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** All runs of one strategy, in order of seed. */
record StrategyResult(String strategy, List<RunResult> runs) {

  Estimate estimate(ToDoubleFunction<RunResult> value) {
    return Estimate.of(runs.stream().map(value::applyAsDouble).toList());
  }

  Estimate percentile(double percentile) {
    return estimate(run -> run.percentile(percentile));
  }

  /** A percentile as a factor of the bound's with the same seed. */
  Estimate ratio(StrategyResult bound, double percentile) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      double ofBound = bound.runs().get(i).percentile(percentile);
      // Against a bound that timed out, nothing can be said.
      ratios.add(
          Double.isInfinite(ofBound) ? Double.NaN : runs.get(i).percentile(percentile) / ofBound);
    }
    return Estimate.of(ratios);
  }
}
