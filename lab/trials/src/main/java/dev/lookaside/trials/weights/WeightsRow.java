package dev.lookaside.trials.weights;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One run, as a line of a table in Markdown.
 *
 * @param utilizations the part of the time for which slots were taken, of each worker
 */
record WeightsRow(String policy, StockCalls.Ended calls, List<Double> utilizations) {

  static String header(List<String> workers) {
    return "| policy | p50 ms | p99 ms | failed | "
        + String.join(" | ", workers)
        + " | max ÷ mean |\n|---|"
        + "---:|".repeat(workers.size() + 4);
  }

  /** By how much the busiest worker is above the mean. */
  double maxByMean() {
    double[] all = utilizations.stream().mapToDouble(Double::doubleValue).toArray();
    return Arrays.stream(all).max().orElse(0) / Arrays.stream(all).average().orElse(1);
  }

  String line() {
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT,
            "| `%s` | %.0f | %.0f | %d |",
            policy,
            calls.millisAt(50),
            calls.millisAt(99),
            calls.failed()));
    utilizations.forEach(u -> line.append(String.format(Locale.ROOT, " %.0f %% |", 100 * u)));
    return line.append(String.format(Locale.ROOT, " %.2f |", maxByMean())).toString();
  }
}
