package dev.lookaside.trials.peers;

import dev.lookaside.trials.peers.ClosedLoop.Measured;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** What each way measured in each round; the figures of a round have the same place in all. */
final class Rounds {
  private final Map<String, List<Measured>> ways = new LinkedHashMap<>();

  /**
   * @param ways in the order in which they are told
   */
  Rounds(Collection<String> ways) {
    ways.forEach(way -> this.ways.put(way, new ArrayList<>()));
  }

  void add(String way, Measured measured) {
    ways.computeIfAbsent(way, name -> new ArrayList<>()).add(measured);
  }

  List<String> ways() {
    return List.copyOf(ways.keySet());
  }

  double median(String way, ToDoubleFunction<Measured> figure) {
    return middle(of(way).stream().mapToDouble(figure).sorted().toArray());
  }

  /** The throughput of one way ÷ that of another in the same round, in ascending order. */
  double[] ratios(String one, String other) {
    List<Measured> above = of(one);
    List<Measured> below = of(other);
    return IntStream.range(0, Math.min(above.size(), below.size()))
        .mapToDouble(i -> above.get(i).perSecond() / below.get(i).perSecond())
        .sorted()
        .toArray();
  }

  static double middle(double[] sorted) {
    return sorted[sorted.length / 2];
  }

  private List<Measured> of(String way) {
    return ways.getOrDefault(way, List.of());
  }
}
