package dev.lookaside.simulator.fleet;

import dev.lookaside.simulator.engine.Agenda;
import dev.lookaside.simulator.scenario.SpeedNoise;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The speed of one machine among equal ones, as it is and as it drifts: a factor drawn once, times
 * another that follows a stationary autoregressive process of the first order.
 */
public final class MachineSpeed {
  private static final int STEPS = 20; // in the time of the drift
  private static final double KEPT = Math.exp(-1.0 / STEPS);
  private static final double NEW = Math.sqrt(1 - KEPT * KEPT);
  private static final double MOST_DEVIATIONS = 3;

  private final Agenda agenda;
  private final Member member;
  private final SpeedNoise noise;
  private final RandomGenerator random;
  private final Consumer<Member> changed;
  private final Agenda.Entry next;
  private final long stepNanos;
  private final double ownFactor;
  private double deviation; // in standard deviations

  public MachineSpeed(
      Agenda agenda, Member member, RandomGenerator random, Consumer<Member> changed) {
    this.agenda = agenda;
    this.member = member;
    this.noise = member.group().noise();
    this.random = random;
    this.changed = changed;
    this.next = agenda.register(this::drift);
    this.stepNanos = Math.max(1, noise.drift().toNanos() / STEPS);
    this.ownFactor =
        random.nextDouble() < noise.slowShare()
            ? noise.slowSpeed().sample(random)
            : 1 + noise.between() * normal();
    this.deviation = normal();
  }

  /** Sets the first speed, and changes it from then on. */
  public void start() {
    if (!noise.isNone()) {
      apply();
    }
  }

  private void drift() {
    deviation = KEPT * deviation + NEW * normal();
    apply();
  }

  private void apply() {
    member.noise(ownFactor * Math.max(0.1, 1 + noise.within() * deviation));
    if (noise.within() > 0) {
      next.at(agenda.nanos() + stepNanos);
    }
    changed.accept(member);
  }

  /** Beyond three deviations, the share of slow machines says what there is. */
  private double normal() {
    return Math.max(-MOST_DEVIATIONS, Math.min(MOST_DEVIATIONS, random.nextGaussian()));
  }
}
