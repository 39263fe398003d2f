package dev.lookaside.core.policy.prequal;

import dev.lookaside.core.policy.Candidates;
import dev.lookaside.core.policy.Moment;
import dev.lookaside.core.policy.PickResult;
import dev.lookaside.core.policy.Picker;
import dev.lookaside.core.policy.Policy;
import dev.lookaside.core.time.Ticker;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Probing to reduce queuing and latency (Wydrowski, Kleinberg, Rumble, Archer: "Load is not what
 * you should balance: Introducing Prequal", NSDI 2024).
 *
 * <p>Each pick asks a few random endpoints how busy they are and chooses from the pool of answers
 * that have come so far, see {@link ProbePool}. An empty pool means a random pick.
 */
public final class Prequal implements Policy {
  public static final String NAME = "prequal";

  private final PrequalSettings settings;
  private final Prober prober;
  private final Ticker ticker;
  private final RandomGenerator random;
  private @Nullable PrequalPicker latest;

  public Prequal(PrequalSettings settings, Prober prober, Ticker ticker, RandomGenerator random) {
    this.settings = settings;
    this.prober = prober;
    this.ticker = ticker;
    this.random = random;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Policy fresh() {
    return new Prequal(settings, prober, ticker, random);
  }

  /** Makes the decision of that moment again. */
  public static PickResult replay(Moment moment, Candidates candidates) {
    return PrequalPicker.choose(
        PoolMoment.pool(moment), candidates, moment.request(), PoolMoment.random(moment), 0);
  }

  /** A picker that starts with the answers that the one before it had of the same endpoints. */
  @Override
  public Picker newPicker(Candidates candidates) {
    PrequalPicker next = new PrequalPicker(candidates, settings, prober, ticker, random);
    if (latest != null) {
      next.takeOver(latest);
    }
    latest = next;
    return next;
  }
}
