package dev.lookaside.core.balancer;

import dev.lookaside.core.load.LiveLoad;

/**
 * Keeps an endpoint that fails from looking idle.
 *
 * <p>An endpoint that answers every request at once with an error, or that it has no room, may have
 * nothing in flight, so that every load-aware policy would send it everything. Its share falls with
 * its error share, and a share below full is a ceiling (see Ceilings in the policy package),
 * whatever the policy thinks.
 */
final class ErrorGuard {
  private static final double TOLERATED = 0.05;
  private static final double MIN_OUTCOMES = 5;

  /** Enough to notice that the endpoint has recovered. */
  private static final double MIN_SHARE = 0.05;

  private ErrorGuard() {}

  static double share(LiveLoad load, long nowNanos) {
    double errors = load.failures().errorShare() + load.failures().refusalShare();
    return errors <= TOLERATED || load.failures().outcomes(nowNanos) < MIN_OUTCOMES
        ? 1
        : Math.max(MIN_SHARE, 1 - errors);
  }
}
