package dev.lookaside.simulator.scenario;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;

/**
 * How unlike equal machines are, as those of a cloud: the speed of each is that of its group times
 * a factor of its own, which drifts around its mean.
 *
 * @param between the standard deviation of the factors of machines, whose mean is 1
 * @param within the standard deviation of one machine's speed over time, as a factor of its mean
 * @param drift after which time the speed has forgotten all but 1/e of what it was
 * @param slowShare the share of machines that are far slower
 * @param slowSpeed the factor of those
 */
public record SpeedNoise(
    Double between, Double within, Duration drift, Double slowShare, Range slowSpeed) {
  private static final Duration USUAL_DRIFT = Duration.ofMinutes(2);
  private static final Range USUAL_SLOW_SPEED = new Range(0.35, 0.7);

  public static final SpeedNoise NONE =
      new SpeedNoise(0.0, 0.0, USUAL_DRIFT, 0.0, USUAL_SLOW_SPEED);

  public SpeedNoise {
    between = requireNonNullElse(between, 0.0);
    within = requireNonNullElse(within, 0.0);
    drift = requireNonNullElse(drift, USUAL_DRIFT);
    slowShare = requireNonNullElse(slowShare, 0.0);
    slowSpeed = requireNonNullElse(slowSpeed, USUAL_SLOW_SPEED);
    Limits.within("between", between, 0, 0.3);
    Limits.within("within", within, 0, 0.3);
    Limits.timeAboveZero("drift", drift);
    Limits.within("slow-share", slowShare, 0, 1);
    slowSpeed.requireWithin("slow-speed", 0.01, 1);
  }

  /** Whether there is any. */
  public boolean isNone() {
    return between == 0 && within == 0 && slowShare == 0;
  }
}
