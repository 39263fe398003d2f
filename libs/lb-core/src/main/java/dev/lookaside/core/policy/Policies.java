package dev.lookaside.core.policy;

import dev.lookaside.core.time.Ticker;
import java.util.List;
import java.util.random.RandomGenerator;

/** Every policy by name: the only public door to the implementations. */
public final class Policies {
  private static final List<String> NAMES =
      List.of(
          PickFirst.NAME,
          RoundRobin.NAME,
          LeastLoad.NAME,
          PowerOfTwoChoices.NAME,
          WeightedRoundRobin.NAME,
          LeastPeakEwma.NAME,
          Prequal.NAME,
          ConsistentHash.NAME);

  private final Ticker ticker;
  private final RandomGenerator random;
  private final Prober prober;
  private final WeightSettings weights;
  private final PrequalSettings prequal;

  /** Policies with their default settings, and Prequal's probes answered from load reports. */
  public Policies(Ticker ticker, RandomGenerator random) {
    this(
        ticker,
        random,
        Prober.fromLoads(ticker),
        WeightSettings.defaults(),
        PrequalSettings.defaults());
  }

  public Policies(
      Ticker ticker,
      RandomGenerator random,
      Prober prober,
      WeightSettings weights,
      PrequalSettings prequal) {
    this.ticker = ticker;
    this.random = random;
    this.prober = prober;
    this.weights = weights;
    this.prequal = prequal;
  }

  /** The names that {@link #create} takes. */
  public static List<String> names() {
    return NAMES;
  }

  /** Throws unless {@code name} is the name of a policy. */
  public static void requireKnown(String name) {
    if (!NAMES.contains(name)) {
      throw unknown(name);
    }
  }

  /** A policy for one service. */
  public Policy create(String name) {
    return switch (name) {
      case PickFirst.NAME -> new PickFirst();
      case RoundRobin.NAME -> new RoundRobin(random);
      case LeastLoad.NAME -> new LeastLoad(ticker, random);
      case PowerOfTwoChoices.NAME -> new PowerOfTwoChoices(ticker, random);
      case WeightedRoundRobin.NAME -> new WeightedRoundRobin(weights, ticker, random);
      case LeastPeakEwma.NAME -> new LeastPeakEwma(ticker, random);
      case Prequal.NAME -> new Prequal(prequal, prober, ticker, random);
      case ConsistentHash.NAME -> new ConsistentHash(ticker, random);
      default -> throw unknown(name);
    };
  }

  private static IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException(
        "policy is '" + name + "' (expected: one of " + String.join(", ", NAMES) + ")");
  }
}
