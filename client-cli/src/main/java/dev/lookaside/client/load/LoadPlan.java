package dev.lookaside.client.load;

import dev.lookaside.core.check.Require;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What to send. It ends with the last request or the duration, whichever comes first.
 *
 * @param clients how many clients send, 1 to {@value #MOST_CLIENTS}. Without a rate each sends its
 *     next task when the last one ended (closed loop).
 * @param rate tasks per second from all clients together, sent on time however slow the answers are
 *     (open loop)
 * @param warmUp how long to send before the duration begins; what is sent then does not count
 */
public record LoadPlan(
    int clients,
    OptionalLong requests,
    Optional<Duration> duration,
    OptionalDouble rate,
    Duration warmUp,
    TaskMix mix) {
  public static final int MOST_CLIENTS = 10_000;
  public static final double HIGHEST_RATE = 1_000_000;

  public LoadPlan {
    Require.within("clients", clients, 1, MOST_CLIENTS);
    requests.ifPresent(n -> Require.atLeast("requests", n, 1));
    duration.ifPresent(d -> Require.aboveZero("duration", d));
    rate.ifPresent(r -> Require.aboveZero("rate", r, HIGHEST_RATE));
    Require.notNegative("warm-up", warmUp);
    Require.that(
        warmUp.isZero() || duration.isPresent(), "warm-up", warmUp, "0s, unless with a duration");
    Require.that(
        requests.isPresent() || duration.isPresent(), "end", "missing", "requests or a duration");
  }

  /** How long to send, warm-up and all. */
  public Optional<Duration> sending() {
    return duration.map(warmUp::plus);
  }

  /**
   * Is the last task sent as soon as the first, so that there is no time of sending to speak of?
   * The time to the last answer then stands for it.
   */
  boolean allAtOnce() {
    return rate.isEmpty() && requests.isPresent() && requests.getAsLong() <= clients;
  }
}
