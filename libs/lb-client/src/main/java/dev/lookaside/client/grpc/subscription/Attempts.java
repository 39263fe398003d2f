package dev.lookaside.client.grpc.subscription;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.time.Backoff;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The attempts that have failed since a balancer was last followed for a while: how patient to be
 * with the next one, how long to wait before, and what to tell of them.
 */
final class Attempts {

  /** How long a balancer may be silent before its first message, in the first round. */
  static final Duration FIRST_PATIENCE = Duration.ofSeconds(2);

  static final Duration MOST_PATIENCE = Duration.ofSeconds(30);
  private static final int MOST_DOUBLINGS = 10;

  /** So that the clients of a balancer that died do not come to the next one all together. */
  private static final Duration SCATTER = Duration.ofMillis(100);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(1_500);

  private final Backoff backoff;
  private final Recent reasons = new Recent();
  private int inRound;
  private int rounds;

  Attempts(RandomGenerator random) {
    this.backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, random);
  }

  /**
   * @param balancers how many there are to try
   */
  void failed(Address address, String reason, int balancers) {
    reasons.add(address, reason);
    inRound++;
    if (inRound >= balancers) {
      inRound = 0;
      rounds++;
    }
  }

  /** Begins anew: the balancer that is followed has proved worth it. */
  void forget() {
    reasons.clear();
    inRound = 0;
    rounds = 0;
  }

  /** How many times all balancers have failed. */
  int rounds() {
    return rounds;
  }

  /** How long the next balancer may be silent: one that needs longer gets longer each time. */
  Duration patience() {
    Duration grown = FIRST_PATIENCE.multipliedBy(1L << Math.min(rounds, MOST_DOUBLINGS));
    return grown.compareTo(MOST_PATIENCE) < 0 ? grown : MOST_PATIENCE;
  }

  /** How long to wait before the next one is asked. */
  Duration pause() {
    return inRound == 0 && rounds > 0 ? backoff.pause(rounds - 1) : backoff.scatter(SCATTER);
  }

  /** Which balancers failed, and why. */
  @Override
  public String toString() {
    return reasons.toString();
  }
}
