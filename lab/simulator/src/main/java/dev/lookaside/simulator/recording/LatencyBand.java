package dev.lookaside.simulator.recording;

import java.util.Arrays;

/** The latencies of calls that met about as many others at their worker. */
final class LatencyBand {
  private final double inFlight;
  private final long[] sortedNanos;

  /**
   * @param inFlight how many others they met, on average
   * @param sortedNanos at least one
   */
  LatencyBand(double inFlight, long[] sortedNanos) {
    this.inFlight = inFlight;
    this.sortedNanos = sortedNanos;
  }

  double inFlight() {
    return inFlight;
  }

  /** How many calls. */
  int size() {
    return sortedNanos.length;
  }

  /**
   * The latency of a rank, in a straight line between the two next to it.
   *
   * @param rank 0 to 1
   */
  double atRank(double rank) {
    double place = Math.min(Math.max(0, rank * sortedNanos.length - 0.5), sortedNanos.length - 1.0);
    int below = (int) place;
    int above = Math.min(below + 1, sortedNanos.length - 1);
    return sortedNanos[below] + (place - below) * (sortedNanos[above] - sortedNanos[below]);
  }

  double meanNanos() {
    return Arrays.stream(sortedNanos).average().orElse(0);
  }
}
