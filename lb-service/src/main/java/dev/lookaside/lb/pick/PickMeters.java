package dev.lookaside.lb.pick;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** The meters of picks. A name that a caller made up never becomes a tag. */
public final class PickMeters {
  private static final String NONE = "none";
  static final String DESCRIPTION = "Picks, by what came of them";

  private final MeterRegistry meters;
  final Timer duration;
  final Counter notSynced;
  final Counter notFound;
  final Counter invalid;

  public PickMeters(MeterRegistry meters) {
    this.meters = meters;
    this.duration =
        Timer.builder("lookaside.pick.duration")
            .description("From the request as read to the answer as decided")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofNanos(1_000))
            .maximumExpectedValue(Duration.ofMillis(100))
            .register(meters);
    this.notSynced = picks(meters, NONE, NONE, NONE, "not_synced");
    this.notFound = picks(meters, NONE, NONE, NONE, "not_found");
    this.invalid = picks(meters, NONE, NONE, NONE, "invalid");
  }

  Counter unavailable(String service, String policy) {
    return picks(meters, service, policy, NONE, "unavailable");
  }

  private static Counter picks(
      MeterRegistry meters, String service, String policy, String endpoint, String outcome) {
    return Counter.builder("lookaside.picks")
        .description(DESCRIPTION)
        .tags(tags(service, policy, endpoint, outcome))
        .register(meters);
  }

  static Tags tags(String service, String policy, String endpoint, String outcome) {
    return Tags.of("service", service, "policy", policy, "endpoint", endpoint, "outcome", outcome);
  }
}
