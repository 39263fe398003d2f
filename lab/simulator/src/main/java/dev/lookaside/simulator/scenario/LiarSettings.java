package dev.lookaside.simulator.scenario;

import static java.util.Objects.requireNonNullElse;

/**
 * Clients that do not tell the truth of how their requests ended.
 *
 * @param count how many of the clients
 * @param kind what they tell instead
 */
public record LiarSettings(Integer count, Kind kind) {

  /** What a liar tells. */
  public enum Kind {
    /** The truth, to compare with. */
    TRUTH,
    /** That each of its requests failed, after the time that it took. */
    FAILS_ALL,
    /** That each took no time. */
    NO_LATENCY,
    /** That each took an hour. */
    AN_HOUR,
    /** Any ending, each as likely as the others. */
    ANY_STATUS
  }

  static final LiarSettings NONE = new LiarSettings(0, Kind.TRUTH);

  public LiarSettings {
    count = requireNonNullElse(count, 1);
    kind = requireNonNullElse(kind, Kind.FAILS_ALL);
    Limits.within("count", count, 0, 10_000);
  }
}
