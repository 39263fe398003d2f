package dev.lookaside.core.policy.prequal;

import dev.lookaside.core.check.Require;
import java.time.Duration;

/**
 * Prequal's parameters, in the paper's terms.
 *
 * @param poolSize how many probe answers are kept, 2 to 64
 * @param maxAge age from which an answer is no longer used
 * @param probesPerPick r_probe: endpoints asked for each pick, 1 to 16
 * @param removalsPerPick r_remove: answers thrown away for each pick, 0 to 16
 * @param delta δ: how much faster answers come than they are used up, at least 0
 * @param rifQuantile Q_RIF: answers with more requests in flight than this quantile of recent ones
 *     are hot, 0 to 1
 */
public record PrequalSettings(
    int poolSize,
    Duration maxAge,
    int probesPerPick,
    int removalsPerPick,
    double delta,
    double rifQuantile) {

  public PrequalSettings {
    Require.within("pool size", poolSize, 2, 64);
    Require.within("probes per pick", probesPerPick, 1, 16);
    Require.within("removals per pick", removalsPerPick, 0, 16);
    Require.within("delta", delta, 0, 1_000);
    Require.within("RIF quantile", rifQuantile, 0, 1);
    Require.aboveZero("maximum age", maxAge);
  }

  /** The paper's: a pool of 16, 1 s, r_probe 3, r_remove 1, δ 1, Q_RIF 2^-0.25. */
  public static PrequalSettings defaults() {
    return new PrequalSettings(16, Duration.ofSeconds(1), 3, 1, 1, Math.pow(2, -0.25));
  }

  /** The same with a pool that has room for so many answers. */
  PrequalSettings ofSize(int answers) {
    return new PrequalSettings(
        Math.max(2, answers), maxAge, probesPerPick, removalsPerPick, delta, rifQuantile);
  }

  /**
   * How often one answer may be used: (1 + δ) / ((1 − poolSize / endpoints) × probesPerPick −
   * removalsPerPick), at least 1; without limit where that is not above 0, since answers then come
   * in place of others.
   */
  double reuses(int endpoints) {
    double gained = (1 - (double) poolSize / endpoints) * probesPerPick - removalsPerPick;
    return gained > 0 ? Math.max(1, (1 + delta) / gained) : Double.POSITIVE_INFINITY;
  }
}
