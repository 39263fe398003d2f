package dev.lookaside.core.policy;

import dev.lookaside.core.policy.choice.TwoChoices;
import dev.lookaside.core.policy.cost.PeakLatency;
import dev.lookaside.core.time.Ticker;
import java.util.random.RandomGenerator;

/**
 * The lower cost of two endpoints chosen at random, as in Finagle and linkerd.
 *
 * <pre>
 * cost(e) = peak-sensitive moving average of latency × (expected requests in flight + 1)
 * </pre>
 *
 * <p>Latency is what clients report; without outcomes it is requests in flight by requests per
 * second, of the last report.
 */
record LeastPeakEwma(Ticker ticker, RandomGenerator random) implements Policy {
  static final String NAME = "peak_ewma";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Picker newPicker(Candidates candidates) {
    return new TwoChoices(candidates, PeakLatency.BY_REQUESTS, ticker, random);
  }
}
