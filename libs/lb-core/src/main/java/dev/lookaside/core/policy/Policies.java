package dev.lookaside.core.policy;

import dev.lookaside.core.time.Ticker;
import java.util.List;
import java.util.random.RandomGenerator;

/** Every policy by name: the only public door to the implementations. */
public final class Policies {
  private static final List<String> NAMES =
      List.of(PickFirst.NAME, RoundRobin.NAME, LeastLoad.NAME);

  private final Ticker ticker;
  private final RandomGenerator random;

  public Policies(Ticker ticker, RandomGenerator random) {
    this.ticker = ticker;
    this.random = random;
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
      default -> throw unknown(name);
    };
  }

  private static IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException(
        "policy is '" + name + "' (expected: one of " + String.join(", ", NAMES) + ")");
  }
}
