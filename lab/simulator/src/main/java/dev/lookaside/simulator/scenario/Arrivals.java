package dev.lookaside.simulator.scenario;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When requests come.
 *
 * <p>How many is said as a rate in requests per second or as a load, a factor of what all servers
 * that are there at the start can serve with the cores allotted to them.
 *
 * @param keys how many affinity keys there are; requests have none unless given
 * @param keySkew how unequal they are: the share of the k-th is in proportion to 1/k^skew, so 0,
 *     the default, is equal shares
 * @param phases later changes of the rate or load, in order of time
 */
public record Arrivals(
    Spacing spacing,
    @Nullable Double rate,
    @Nullable Double load,
    @Nullable Integer keys,
    Double keySkew,
    List<Phase> phases) {
  private static final double MAX_RATE = 1e8;
  private static final double MAX_LOAD = 100;

  /** How arrivals are spaced. */
  public enum Spacing {
    /** Independent of each other. */
    POISSON,
    /** Evenly. */
    PACED
  }

  /**
   * A change of the rate or load.
   *
   * @param ramp how long it takes to get there, in a straight line; at once unless given
   */
  public record Phase(Duration at, @Nullable Double rate, @Nullable Double load, Duration ramp) {
    public Phase {
      ramp = requireNonNullElse(ramp, Duration.ZERO);
      Limits.time("at", at);
      Limits.time("ramp", ramp);
      requireOneOf(rate, load);
    }
  }

  public Arrivals {
    spacing = requireNonNullElse(spacing, Spacing.POISSON);
    keySkew = requireNonNullElse(keySkew, 0.0);
    phases = List.copyOf(requireNonNullElse(phases, List.of()));
    Limits.within("keys", requireNonNullElse(keys, 1), 1, 1_000_000);
    Limits.within("key-skew", keySkew, 0, 10);
    Limits.aboveZero("rate", requireNonNullElse(rate, 1.0), MAX_RATE);
    Limits.aboveZero("load", requireNonNullElse(load, 1.0), MAX_LOAD);
    requireOneOf(rate, load);
    Duration free = Duration.ZERO;
    for (Phase phase : phases) {
      Limits.within("phases: at", phase.at(), free, Limits.LONGEST);
      free = phase.at().plus(phase.ramp());
    }
  }

  /** How many affinity keys there are, 0 if requests have none. */
  public int keyCount() {
    return requireNonNullElse(keys, 0);
  }

  private static void requireOneOf(@Nullable Double rate, @Nullable Double load) {
    Limits.require(
        (rate == null) != (load == null),
        "the number of arrivals",
        rate == null ? "missing" : "given twice",
        "either rate or load");
    if (rate != null) {
      Limits.within("rate", rate, 0, MAX_RATE);
    }
    if (load != null) {
      Limits.within("load", load, 0, MAX_LOAD);
    }
  }
}
