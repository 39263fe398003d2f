package dev.lookaside.simulator.scenario;

import dev.lookaside.simulator.trace.Trace;
import java.time.Duration;
import java.util.Map;

/**
 * A trace to replay.
 *
 * @param unit how long a unit of its work takes alone on one core of speed 1
 * @param curves how long requests take at servers of which that was measured, by group
 */
public record Replay(Trace trace, Duration unit, Map<String, ServiceCurve> curves) {

  public Replay {
    curves = Map.copyOf(curves);
  }

  /** The work of a request. */
  public double workNanos(int request) {
    return trace.work(request) * unit.toNanos();
  }

  /** The work of a request, on average. */
  public double meanWorkNanos() {
    return trace.sumOfWork() * unit.toNanos() / trace.size();
  }

  /** How many times as fast as it was recorded it brings so many requests a second. */
  double speedUpTo(double requestsPerSecond) {
    double recorded = trace.size() / (trace.spanNanos() / 1e9);
    return requestsPerSecond / recorded;
  }

  /** How long it takes at so many times the speed at which it was recorded. */
  Duration duration(double speedUp) {
    // One more nanosecond, for the last request is within it.
    return Duration.ofNanos((long) Math.ceil(trace.spanNanos() / speedUp) + 1);
  }
}
