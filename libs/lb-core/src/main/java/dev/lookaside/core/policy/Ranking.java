package dev.lookaside.core.policy;

import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Puts the candidates that a request allows in order, for explanations. */
public final class Ranking {

  private Ranking() {}

  private record Scored(double cost, RankedEndpoint ranked) {}

  /** From the lowest to the highest cost; unknown costs, which are not numbers, come last. */
  public static List<RankedEndpoint> byCost(
      Candidates candidates,
      PickArgs request,
      IntToDoubleFunction cost,
      IntFunction<String> reason) {
    return IntStream.range(0, candidates.size())
        .filter(i -> !candidates.isExcluded(i, request))
        .mapToObj(i ->
            new Scored(
                cost.applyAsDouble(i), new RankedEndpoint(candidates.endpoint(i), reason.apply(i))))
        .sorted(Comparator.comparingDouble(Scored::cost))
        .map(Scored::ranked)
        .toList();
  }
}
