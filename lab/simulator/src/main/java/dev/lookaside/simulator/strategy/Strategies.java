package dev.lookaside.simulator.strategy;

import dev.lookaside.core.policy.Policies;
import dev.lookaside.simulator.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Every strategy by name: all policies of the product, then the references. */
public final class Strategies {
  /** The bound that others are compared with. */
  public static final String BOUND = "omniscient";

  private static final String BY_COUNT = "omniscient-count";
  private static final String RANDOM_OF_2 = "random-of-2";
  private static final String RANDOM_OF_3 = "random-of-3";

  private static final List<String> REFERENCES =
      List.of(
          RandomChoice.NAME,
          StaleLeast.NAME,
          RANDOM_OF_2,
          RANDOM_OF_3,
          SmoothRoundRobin.NAME,
          LeastRequest.OF_ALL,
          LeastRequest.OF_TWO,
          Robinhood.OF_5_S,
          Robinhood.OF_30_S,
          ControlledTurns.OF_2_S,
          ControlledTurns.OF_5_S,
          ClientLeast.OF_ALL,
          ClientLeast.OF_TWO,
          PolledTwoChoices.NAME,
          LinearScore.NAME,
          CubicScore.NAME,
          ClientPrequal.NAME,
          BOUND,
          BY_COUNT,
          CentralQueue.NAME);

  private Strategies() {}

  public static List<String> names() {
    List<String> names = new ArrayList<>(Policies.names());
    names.addAll(REFERENCES);
    return names;
  }

  /** What is compared where nobody says what: every policy, random choice and the bounds. */
  public static List<String> usual() {
    List<String> names = new ArrayList<>(Policies.names());
    names.add(RandomChoice.NAME);
    return withBounds(names);
  }

  /** These, and the bounds behind them. */
  public static List<String> withBounds(List<String> given) {
    List<String> names = new ArrayList<>(given);
    for (String bound : List.of(BOUND, CentralQueue.NAME)) {
      if (!names.contains(bound)) {
        names.add(bound);
      }
    }
    return names;
  }

  /** Whether a strategy goes by what servers are made of, rather than by what they show. */
  public static boolean knowsCores(String name) {
    return List.of(BOUND, BY_COUNT, CentralQueue.NAME).contains(name);
  }

  /** Throws unless {@code name} is the name of a strategy. */
  public static void requireKnown(String name) {
    if (!names().contains(name)) {
      throw new IllegalArgumentException(
          "policy is '" + name + "' (expected: one of " + String.join(", ", names()) + ")");
    }
  }

  /**
   * The scenario without what makes no difference to this strategy: two that are equal then give
   * the same measurements. A bound reads no report and hears no outcome, for instance.
   */
  public static Scenario heededBy(String name, Scenario scenario) {
    return switch (name) {
      case BOUND, BY_COUNT, CentralQueue.NAME, RANDOM_OF_2, RANDOM_OF_3 ->
          scenario.withoutBalancers().withoutReports();
      case RandomChoice.NAME,
          ClientLeast.OF_ALL,
          ClientLeast.OF_TWO,
          PolledTwoChoices.NAME,
          LinearScore.NAME,
          CubicScore.NAME,
          ClientPrequal.NAME ->
          scenario.withoutReports();
      case StaleLeast.NAME,
          Robinhood.OF_5_S,
          Robinhood.OF_30_S,
          ControlledTurns.OF_2_S,
          ControlledTurns.OF_5_S ->
          scenario.withoutOutcomes();
      case SmoothRoundRobin.NAME, LeastRequest.OF_ALL, LeastRequest.OF_TWO ->
          scenario.withoutReports();
      default -> scenario;
    };
  }

  public static Strategy create(String name, World world) {
    return switch (name) {
      case RandomChoice.NAME -> new RandomChoice(world);
      case StaleLeast.NAME -> new StaleLeast(world);
      case RANDOM_OF_2 -> new RandomOf(world, 2);
      case RANDOM_OF_3 -> new RandomOf(world, 3);
      case SmoothRoundRobin.NAME -> new SmoothRoundRobin(world);
      case LeastRequest.OF_ALL -> LeastRequest.ofAll(world);
      case LeastRequest.OF_TWO -> LeastRequest.ofTwo(world);
      case Robinhood.OF_5_S -> new Robinhood(world, Duration.ofSeconds(5));
      case Robinhood.OF_30_S -> new Robinhood(world, Duration.ofSeconds(30));
      case ControlledTurns.OF_2_S -> new ControlledTurns(world, Duration.ofSeconds(2));
      case ControlledTurns.OF_5_S -> new ControlledTurns(world, Duration.ofSeconds(5));
      case ClientLeast.OF_ALL -> ClientLeast.ofAll(world);
      case ClientLeast.OF_TWO -> ClientLeast.ofTwo(world);
      case PolledTwoChoices.NAME -> new PolledTwoChoices(world);
      case LinearScore.NAME ->
          new ScoredProbes(world, name, new LinearScore(world.scenario().meanWorkNanos()));
      case CubicScore.NAME -> new ScoredProbes(world, name, new CubicScore(world));
      case ClientPrequal.NAME -> new ClientPrequal(world);
      case BOUND -> new Omniscient(world, Omniscient::remainingWork);
      case BY_COUNT -> new Omniscient(world, Omniscient::slowdown);
      case CentralQueue.NAME -> new CentralQueue(world);
      default -> new CoreStrategy(world, name);
    };
  }
}
