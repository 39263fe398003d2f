package dev.lookaside.core.policy;

import dev.lookaside.core.endpoint.Endpoint;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * All that one decision was made of: {@link Replay} comes to the same endpoint from it, on any
 * machine and at any time. Immutable.
 *
 * @param rule by which it was made
 * @param seed all chance came from here
 * @param request what was asked for
 * @param state what the rule knew beside the candidates, by name
 * @param seen the candidates, in order of their places
 */
public record Moment(
    Rule rule, long seed, PickArgs request, SortedMap<String, Double> state, List<Seen> seen) {

  /**
   * One candidate as it was seen.
   *
   * @param atCeiling whether it had its part of the picks and was passed over for it
   * @param values what the rule looked at, by name; what was not known is missing
   */
  public record Seen(Endpoint endpoint, boolean atCeiling, SortedMap<String, Double> values) {
    public Seen {
      values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** Not a number if it was not known. */
    public double value(String name) {
      return values.getOrDefault(name, Double.NaN);
    }
  }

  public Moment {
    state = Collections.unmodifiableSortedMap(new TreeMap<>(state));
    seen = List.copyOf(seen);
  }

  /**
   * What is seen now.
   *
   * @param values of the candidate at a place; those that are not numbers are left out
   */
  public static Moment of(
      Rule rule,
      long seed,
      PickArgs request,
      Map<String, Double> state,
      Candidates candidates,
      IntFunction<Map<String, Double>> values) {
    return new Moment(
        rule,
        seed,
        request,
        numbers(state),
        IntStream.range(0, candidates.size())
            .mapToObj(i ->
                new Seen(
                    candidates.endpoint(i), candidates.isAtCeiling(i), numbers(values.apply(i))))
            .toList());
  }

  /** A value of the candidate at a place; not a number if it was not known. */
  public double value(int place, String name) {
    return seen.get(place).value(name);
  }

  /** The state's value, which the rule cannot do without. */
  public double state(String name) {
    Double value = state.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "state is " + state.keySet() + " (expected: with " + name + ")");
    }
    return value;
  }

  /** A value of every candidate, in order of their places. */
  public double[] values(String name) {
    return seen.stream().mapToDouble(one -> one.value(name)).toArray();
  }

  private static SortedMap<String, Double> numbers(Map<String, Double> values) {
    SortedMap<String, Double> numbers = new TreeMap<>(values);
    numbers.values().removeIf(value -> value.isNaN());
    return numbers;
  }
}
