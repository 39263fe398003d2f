package dev.lookaside.core.policy;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.EndpointLoad.Known;
import dev.lookaside.core.load.LiveLoad;
import dev.lookaside.core.time.Ticker;
import java.util.Locale;
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
final class LeastPeakEwma implements Policy {
  static final String NAME = "peak_ewma";

  private final Ticker ticker;
  private final RandomGenerator random;

  LeastPeakEwma(Ticker ticker, RandomGenerator random) {
    this.ticker = ticker;
    this.random = random;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Policy fresh() {
    return new LeastPeakEwma(ticker, random);
  }

  @Override
  public Picker newPicker(Candidates candidates) {
    return new TwoChoices(candidates, LatencyByRequests.COST, ticker, random);
  }

  private enum LatencyByRequests implements TwoChoices.Cost {
    COST;

    private static final double NANOS_PER_MILLI = 1e6;

    @Override
    public double of(LiveLoad load, Endpoint endpoint, long nowNanos) {
      return load.peakLatencyNanos(nowNanos) * (inFlight(load, nowNanos) + 1);
    }

    private static double inFlight(LiveLoad load, long nowNanos) {
      return load.at(nowNanos) instanceof Known known
          ? known.expectedRequestsInFlight(nowNanos)
          : LiveLoad.UNKNOWN;
    }

    @Override
    public String explain(LiveLoad load, Endpoint endpoint, long nowNanos) {
      if (Double.isNaN(of(load, endpoint, nowNanos))) {
        return "load or latency unknown: a random share";
      }
      return String.format(
          Locale.ROOT,
          "peak latency %.1f ms, %.1f expected in flight",
          load.peakLatencyNanos(nowNanos) / NANOS_PER_MILLI,
          inFlight(load, nowNanos));
    }
  }
}
