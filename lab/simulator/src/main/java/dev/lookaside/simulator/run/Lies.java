package dev.lookaside.simulator.run;

import dev.lookaside.simulator.scenario.LiarSettings;
import dev.lookaside.simulator.strategy.Outcome;
import dev.lookaside.simulator.strategy.Outcome.Status;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** What liars tell in place of the truth; the first clients are the liars. */
final class Lies {
  private static final long HOUR_NANOS = Duration.ofHours(1).toNanos();

  private static final List<Status> ANY = List.of(Status.values());

  private final LiarSettings settings;
  private final RandomGenerator random;

  Lies(LiarSettings settings, RandomGenerator random) {
    this.settings = settings;
    this.random = random;
  }

  /** What the client of this outcome tells. */
  Outcome instead(Outcome truth) {
    if (truth.client() >= settings.count()) {
      return truth;
    }
    return switch (settings.kind()) {
      case TRUTH -> truth;
      case FAILS_ALL -> truth.with(truth.latencyNanos(), Status.FAILED);
      case NO_LATENCY -> truth.with(0, truth.status());
      case AN_HOUR -> truth.with(HOUR_NANOS, truth.status());
      case ANY_STATUS -> truth.with(truth.latencyNanos(), ANY.get(random.nextInt(ANY.size())));
    };
  }
}
