package dev.lookaside.core.policy;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.EndpointLoad.Known;
import dev.lookaside.core.load.LiveLoad;
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
    return new TwoChoices(candidates, RequestsInFlight.COST, ticker, random);
  }

  private enum RequestsInFlight implements TwoChoices.Cost {
    COST;

    @Override
    public double of(LiveLoad load, Endpoint endpoint, long nowNanos) {
      return load.at(nowNanos) instanceof Known known
          ? (known.expectedRequestsInFlight(nowNanos) + 1) / endpoint.capacity()
          : LiveLoad.UNKNOWN;
    }

    @Override
    public String explain(LiveLoad load, Endpoint endpoint, long nowNanos) {
      return Explanation.of(load.at(nowNanos), nowNanos, endpoint);
    }
  }
}
