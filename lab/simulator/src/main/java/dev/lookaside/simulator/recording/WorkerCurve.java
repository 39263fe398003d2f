package dev.lookaside.simulator.recording;

import dev.lookaside.simulator.scenario.ServiceCurve;
import java.util.List;

/**
 * How long requests take at one worker, as it has shown: a request keeps its rank, and the rank's
 * latency is read from calls that met as many others there. Between two bands it is in a straight
 * line; beyond the last one latencies grow as they did on average up to it.
 */
final class WorkerCurve implements ServiceCurve {
  private final RankScale scale;
  private final List<LatencyBand> bands;
  private final double growth;

  /**
   * @param bands in ascending order of requests in flight, at least one
   */
  WorkerCurve(RankScale scale, List<LatencyBand> bands) {
    this.scale = scale;
    this.bands = List.copyOf(bands);
    this.growth = growth(this.bands);
  }

  @Override
  public double nanos(double workNanos, int inFlight) {
    double rank = scale.rank(workNanos);
    int above = 0;
    while (above < bands.size() && bands.get(above).inFlight() < inFlight) {
      above++;
    }
    if (above == 0) {
      return bands.get(0).atRank(rank);
    }
    LatencyBand low = bands.get(above - 1);
    if (above == bands.size()) {
      return low.atRank(rank) * (1 + growth * (inFlight - low.inFlight()));
    }
    LatencyBand high = bands.get(above);
    double part = (inFlight - low.inFlight()) / (high.inFlight() - low.inFlight());
    return low.atRank(rank) * (1 - part) + high.atRank(rank) * part;
  }

  @Override
  public double mostInFlight() {
    return bands.get(bands.size() - 1).inFlight();
  }

  /** How much one more request adds to the mean of the last band, as a factor of it. */
  private static double growth(List<LatencyBand> bands) {
    double calls = 0;
    double inFlight = 0;
    double latency = 0;
    for (LatencyBand band : bands) {
      calls += band.size();
      inFlight += band.size() * band.inFlight();
      latency += band.size() * band.meanNanos();
    }
    inFlight /= calls;
    latency /= calls;
    double together = 0;
    double apart = 0;
    for (LatencyBand band : bands) {
      double away = band.inFlight() - inFlight;
      together += band.size() * away * (band.meanNanos() - latency);
      apart += band.size() * away * away;
    }
    double last = bands.get(bands.size() - 1).meanNanos();
    return apart == 0 || last == 0 ? 0 : Math.max(0, together / apart / last);
  }
}
