package dev.lookaside.core.policy.prequal;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.EndpointLoad.Known;
import dev.lookaside.core.load.LiveLoad;
import dev.lookaside.core.policy.cost.ExpectedLatency;
import dev.lookaside.core.time.Ticker;

/**
 * Asks an endpoint how busy it is. The answer goes to the target: at once, later, or never if the
 * endpoint does not answer.
 */
@FunctionalInterface
public interface Prober {

  void probe(Target target);

  /** An endpoint that is asked, and where its answer goes. Any thread may answer. */
  interface Target {

    Endpoint endpoint();

    LiveLoad load();

    /**
     * Takes the endpoint's answer.
     *
     * @param requestsInFlight at least 0
     * @param latencyNanos of recent requests at about so many in flight, or {@link
     *     LiveLoad#UNKNOWN}
     */
    void answered(double requestsInFlight, double latencyNanos);

    /** Says that nobody knows how busy the endpoint is. */
    void unknown();
  }

  /** Asks nobody: answers at once from the last load report and what is known since. */
  static Prober fromLoads(Ticker ticker) {
    return target -> {
      long now = ticker.nanos();
      if (target.load().at(now) instanceof Known known) {
        double requestsInFlight = known.expectedRequestsInFlight(now);
        // Not the latency of the past: an endpoint that was slow and is avoided would stay slow.
        target.answered(
            requestsInFlight,
            ExpectedLatency.OF_NEXT_REQUEST.with(
                requestsInFlight, target.load(), target.endpoint().capacity(), now));
      } else {
        target.unknown();
      }
    };
  }
}
