package dev.lookaside.core.policy;

import static java.util.Objects.requireNonNull;

import dev.lookaside.core.check.Require;
import dev.lookaside.core.policy.hash.ConsistentHash;
import dev.lookaside.core.policy.prequal.Prequal;
import dev.lookaside.core.policy.prequal.PrequalSettings;
import dev.lookaside.core.policy.prequal.Prober;
import dev.lookaside.core.policy.weighted.WeightSettings;
import dev.lookaside.core.policy.weighted.WeightedRoundRobin;
import dev.lookaside.core.time.Ticker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Every policy by name: the only door to the implementations.
 *
 * <p>A new policy is one more line of {@link #BY_NAME}. Tests, benchmarks, the simulator and the
 * launcher take the names from there. A blend of them is made by its own name, see {@link Blend}.
 */
public final class Policies {
  private static final Map<String, Function<Policies, Policy>> BY_NAME = new LinkedHashMap<>();

  static {
    BY_NAME.put(PickFirst.NAME, p -> new PickFirst());
    BY_NAME.put(RoundRobin.NAME, p -> new RoundRobin(p.random));
    BY_NAME.put(LeastLoad.NAME, p -> new LeastLoad(p.ticker, p.random));
    BY_NAME.put(PowerOfTwoChoices.NAME, p -> new PowerOfTwoChoices(p.ticker, p.random));
    BY_NAME.put(
        WeightedRoundRobin.NAME, p -> new WeightedRoundRobin(p.weights, p.ticker, p.random));
    BY_NAME.put(LeastPeakEwma.NAME, p -> new LeastPeakEwma(p.ticker, p.random));
    BY_NAME.put(Prequal.NAME, p -> new Prequal(p.prequal, p.prober, p.ticker, p.random));
    BY_NAME.put(ConsistentHash.NAME, p -> new ConsistentHash(p.ticker, p.random));
  }

  private static final List<String> NAMES = List.copyOf(BY_NAME.keySet());

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

  /** The names that {@link #create} takes, in the order in which they are shown. */
  public static List<String> names() {
    return NAMES;
  }

  /** Throws unless {@code name} is the name of a policy, or of a blend such as ll:0.9,rr:0.1. */
  public static void requireKnown(String name) {
    requireKnown("policy", name);
  }

  /** The same, in words about a property. */
  public static void requireKnown(String property, String name) {
    if (Blend.isOne(name)) {
      Blend.require(property, name);
    } else {
      Require.oneOf(property, name, NAMES);
    }
  }

  /** Whether {@link #create} takes this name. */
  public static boolean isKnown(String name) {
    try {
      requireKnown(name);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The policies of a blend; of any other policy its own name. */
  public static List<String> partsOf(String name) {
    return Blend.isOne(name) ? Blend.names(name) : List.of(name);
  }

  /** A policy for one service. */
  public Policy create(String name) {
    requireKnown(name);
    if (Blend.isOne(name)) {
      return Blend.of(name, this, random);
    }
    return requireNonNull(BY_NAME.get(name)).apply(this);
  }
}
