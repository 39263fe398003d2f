package dev.lookaside.core.policy.cost;

import dev.lookaside.core.load.EndpointLoad;
import dev.lookaside.core.load.EndpointLoad.Observed;
import dev.lookaside.core.load.EndpointLoad.Reported;
import java.util.Locale;

/** Puts the load of an endpoint into words. */
final class LoadInWords {

  private LoadInWords() {}

  static String of(EndpointLoad load, double capacity, long nowNanos) {
    if (load instanceof Observed observed) {
      return String.format(
          Locale.ROOT,
          "%.1f expected in flight (as clients tell, no report is believed) at capacity %.1f",
          observed.expectedRequestsInFlight(nowNanos),
          capacity);
    }
    if (!(load instanceof Reported reported)) {
      return "load unknown: a random share";
    }
    return String.format(
        Locale.ROOT,
        "%.1f expected in flight (%.0f reported %d ms ago, %d dispatched and %d completed since) at capacity %.1f",
        reported.expectedRequestsInFlight(nowNanos),
        reported.report().requestsInFlight(),
        reported.age(nowNanos).toMillis(),
        reported.dispatchedSince(),
        reported.completedSince(),
        capacity);
  }
}
