package dev.lookaside.lb.shadow;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * How one shadow of one service compares.
 *
 * @param agreed picks in which it chose the same endpoint
 * @param differed picks in which it chose another one
 * @param load requests in flight per capacity that its choices had, with the one to come, summed
 * @param liveLoad the same of what was picked
 */
record ShadowMeters(Counter agreed, Counter differed, Counter load, Counter liveLoad) {

  static ShadowMeters of(MeterRegistry meters, String service, String policy) {
    return new ShadowMeters(
        picks(meters, service, policy, "true"),
        picks(meters, service, policy, "false"),
        load(meters, service, policy, "shadow"),
        load(meters, service, policy, "live"));
  }

  private static Counter picks(MeterRegistry meters, String service, String policy, String agrees) {
    return Counter.builder("lookaside.shadow.picks")
        .description("Picks that another policy was asked about, by whether it agrees")
        .tags("service", service, "policy", policy, "agrees", agrees)
        .register(meters);
  }

  private static Counter load(MeterRegistry meters, String service, String policy, String of) {
    return Counter.builder("lookaside.shadow.load")
        .description(
            "Requests in flight per capacity at what was picked, and at what the other policy"
                + " would have picked, summed over the picks that it was asked about")
        .tags("service", service, "policy", policy, "of", of)
        .register(meters);
  }

  void count(boolean agrees, double shadowLoad, double live) {
    (agrees ? agreed : differed).increment();
    load.increment(shadowLoad);
    liveLoad.increment(live);
  }

  ShadowStatus status(String policy) {
    double picks = agreed.count() + differed.count();
    return new ShadowStatus(
        policy,
        (long) picks,
        (long) agreed.count(),
        picks == 0 ? 0 : load.count() / picks,
        picks == 0 ? 0 : liveLoad.count() / picks);
  }
}
