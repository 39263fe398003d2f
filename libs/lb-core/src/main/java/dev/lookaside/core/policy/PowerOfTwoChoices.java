package dev.lookaside.core.policy;

import dev.lookaside.core.policy.choice.TwoChoices;
import dev.lookaside.core.policy.cost.RequestsInFlight;
import dev.lookaside.core.time.Ticker;
import java.util.random.RandomGenerator;

/** The fewer expected requests in flight, by capacity, of two endpoints chosen at random. */
final class PowerOfTwoChoices implements Policy {
  static final String NAME = "p2c";

  private final Ticker ticker;
  private final RandomGenerator random;

  PowerOfTwoChoices(Ticker ticker, RandomGenerator random) {
    this.ticker = ticker;
    this.random = random;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Spread spread() {
    return Spread.BY_CAPACITY;
  }

  @Override
  public Policy fresh() {
    return new PowerOfTwoChoices(ticker, random);
  }

  @Override
  public Picker newPicker(Candidates candidates) {
    return new TwoChoices(candidates, RequestsInFlight.PER_CAPACITY, ticker, random);
  }
}
