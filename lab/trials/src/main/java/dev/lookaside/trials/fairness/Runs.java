package dev.lookaside.trials.fairness;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The runs of one cell: of the policy that is judged, and of another right beside each. */
final class Runs {
  static final double MEDIAN_AIM = 1.10;
  static final double WORST_AIM = 1.20;
  static final double LATENCY_AIM = 1.1;

  private record Pair(Run judged, Run beside) {
    double latencyRatio() {
      return beside.p99Millis() > 0 ? judged.p99Millis() / beside.p99Millis() : 0;
    }
  }

  private final List<Pair> pairs = new ArrayList<>();

  void add(Run judged, Run beside) {
    pairs.add(new Pair(judged, beside));
  }

  double[] judged(ToDoubleFunction<Run> figure) {
    return sorted(pair -> figure.applyAsDouble(pair.judged));
  }

  double[] beside(ToDoubleFunction<Run> figure) {
    return sorted(pair -> figure.applyAsDouble(pair.beside));
  }

  /** p99 of the judged by that of the other, run by run. */
  double[] latencyRatios() {
    return sorted(Pair::latencyRatio);
  }

  boolean meetsAims() {
    double[] busiest = judged(Run::busiest);
    return median(busiest) <= MEDIAN_AIM
        && busiest[busiest.length - 1] <= WORST_AIM
        && median(latencyRatios()) <= LATENCY_AIM;
  }

  static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private double[] sorted(ToDoubleFunction<Pair> figure) {
    return pairs.stream().mapToDouble(figure).sorted().toArray();
  }
}
