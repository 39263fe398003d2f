package dev.lookaside.simulator.scenario;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;

/**
 * How long messages are on their way, each way. A request goes from its client to a balancer, back
 * with the answer, from the client to a worker, and back; where clients choose for themselves, only
 * the last two. Reports go from workers to balancers, outcomes from clients to balancers.
 *
 * @param delay of every leg that is not given for itself; 0.25 ms unless given
 * @param jitter what each message takes longer, on average, exponentially distributed; nothing
 *     unless given
 */
public record NetworkSettings(
    Duration delay, Duration jitter, Leg clientBalancer, Leg clientWorker, Leg balancerWorker) {
  private static final Duration USUAL = Duration.ofNanos(250_000);

  /** The way between two of them, in either direction. */
  public record Leg(Duration delay, Duration jitter) {
    public Leg {
      delay = requireNonNullElse(delay, Duration.ZERO);
      jitter = requireNonNullElse(jitter, Duration.ZERO);
      Limits.time("delay", delay);
      Limits.time("jitter", jitter);
    }
  }

  static final NetworkSettings DEFAULTS = ofEachLeg(new Leg(USUAL, Duration.ZERO));

  /** Messages that take no time. */
  static final NetworkSettings NONE = ofEachLeg(new Leg(Duration.ZERO, Duration.ZERO));

  public NetworkSettings {
    delay = requireNonNullElse(delay, USUAL);
    jitter = requireNonNullElse(jitter, Duration.ZERO);
    Leg usual = new Leg(delay, jitter);
    clientBalancer = requireNonNullElse(clientBalancer, usual);
    clientWorker = requireNonNullElse(clientWorker, usual);
    balancerWorker = requireNonNullElse(balancerWorker, usual);
  }

  private static NetworkSettings ofEachLeg(Leg leg) {
    return new NetworkSettings(leg.delay(), leg.jitter(), leg, leg, leg);
  }
}
