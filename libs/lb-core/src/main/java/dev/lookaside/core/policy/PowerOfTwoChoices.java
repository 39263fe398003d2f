package dev.lookaside.core.policy;

import dev.lookaside.core.policy.choice.TwoChoices;
import dev.lookaside.core.policy.cost.RequestsInFlight;
import dev.lookaside.core.time.Ticker;
import java.util.random.RandomGenerator;

/** The fewer expected requests in flight, by capacity, of two endpoints chosen at random. */
record PowerOfTwoChoices(Ticker ticker, RandomGenerator random) implements Policy {
  static final String NAME = "p2c";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Spread spread() {
    return Spread.BY_CAPACITY;
  }

  @Override
  public Picker newPicker(Candidates candidates) {
    return new TwoChoices(candidates, RequestsInFlight.PER_CAPACITY, ticker, random);
  }
}
