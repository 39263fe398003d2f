package dev.lookaside.simulator.scenario;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When requests come.
 *
 * <p>How many is said as a rate in requests per second or as a load, a factor of what all servers
 * that are there at the start can serve with the cores allotted to them. Those of a trace come as
 * they were recorded, as many times faster as is said, or as gives the rate or load on average.
 *
 * @param keys how many affinity keys there are; requests have none unless given
 * @param keySkew how unequal they are: the share of the k-th is in proportion to 1/k^skew, so 0,
 *     the default, is equal shares
 * @param phases later changes of the rate or load, in order of time
 * @param bursts how arrivals come in bursts; independently of each other unless given
 * @param trace what to replay in place of arrivals by chance; it says how much work each brings
 * @param speedUp how many times as fast as recorded a trace is replayed; once unless given
 */
public record Arrivals(
    Spacing spacing,
    @Nullable Double rate,
    @Nullable Double load,
    @Nullable Integer keys,
    Double keySkew,
    List<Phase> phases,
    @Nullable Bursts bursts,
    @Nullable Replay trace,
    @Nullable Double speedUp) {
  private static final double MAX_RATE = 1e8;
  private static final double MAX_LOAD = 100;
  private static final double MAX_SPEED_UP = 1e9;

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
    if (trace == null) {
      requireOneOf(rate, load);
      Limits.require(speedUp == null, "speed-up", "given", "none without a trace");
      Limits.require(
          bursts == null || spacing == Spacing.POISSON,
          "spacing",
          "paced",
          "poisson, where there are bursts");
    } else {
      requireReplay(trace, rate, load, speedUp);
      Limits.require(
          phases.isEmpty() && bursts == null, "trace", "given", "neither phases nor bursts");
    }
    Duration free = Duration.ZERO;
    for (Phase phase : phases) {
      Limits.within("phases: at", phase.at(), free, Limits.LONGEST);
      free = phase.at().plus(phase.ramp());
    }
  }

  /** As fast as it was recorded. */
  static Arrivals of(Replay replay) {
    return new Arrivals(Spacing.POISSON, null, null, null, 0.0, List.of(), null, replay, null);
  }

  private static void requireReplay(
      Replay trace, @Nullable Double rate, @Nullable Double load, @Nullable Double speedUp) {
    long given = Stream.of(rate, load, speedUp).filter(Objects::nonNull).count();
    Limits.require(
        given <= 1,
        "the speed of the trace",
        "given " + given + " times",
        "one of rate, load and speed-up");
    Limits.aboveZero("speed-up", requireNonNullElse(speedUp, 1.0), MAX_SPEED_UP);
    Limits.require(
        (rate == null && load == null) || trace.trace().spanNanos() > 0,
        "trace",
        "of a single moment",
        "some time between its requests, where a rate or load is given");
    Limits.require(
        load == null || trace.meanWorkNanos() > 0,
        "trace",
        "without work",
        "some work, where a load is given");
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
