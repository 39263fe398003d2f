package dev.lookaside.simulator.scenario;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;

/**
 * One state of the other users of a server's host.
 *
 * <p>A host goes from state to state on its own, at times that do not depend on its load. Over a
 * long time it spends {@code share} of it (relative to the other states' shares) in this one.
 *
 * @param share of the time, above 0
 * @param cores what is left of the cores, as a factor of those allotted: below 1 when others take
 *     some of them, above 1 when the host has idle ones to lend; drawn anew at each visit
 * @param speed what is left of the speed of each core, as a factor
 * @param hold how long a visit lasts on average; exponentially distributed
 */
public record AntagonistState(double share, Range cores, Range speed, Duration hold) {
  public AntagonistState {
    cores = requireNonNullElse(cores, Range.ONE);
    speed = requireNonNullElse(speed, Range.ONE);
    Limits.aboveZero("share", share, 1e9);
    cores.requireWithin("cores", 0, 1000);
    speed.requireWithin("speed", 0, 1000);
    Limits.timeAboveZero("hold", hold);
  }
}
