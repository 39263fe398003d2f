package dev.lookaside.simulator.strategy;

/**
 * Half the latency and half the requests in flight, each of which counts as one service time.
 *
 * @param nanosPerRequest the mean service time
 */
record LinearScore(double nanosPerRequest) implements ProbeScore {
  static final String NAME = "linear";

  @Override
  public double of(int client, int server, double inFlight, double latencyNanos) {
    double latency = Double.isNaN(latencyNanos) ? 0 : latencyNanos;
    return (latency + nanosPerRequest * inFlight) / 2;
  }
}
