package dev.lookaside.client.cli;

import dev.lookaside.client.load.LoadSummary;
import java.util.LinkedHashMap;
import java.util.Map;

/** The figures that belong to a load as a whole, by the names that CSV gives them. */
final class LoadFigures {

  private LoadFigures() {}

  static Map<String, Double> of(LoadSummary summary) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("sending_seconds", summary.sending().toNanos() / 1e9);
    figures.put("sent_per_second", summary.sentPerSecond());
    figures.put("goodput_per_second", summary.goodputPerSecond());
    figures.put("retries", (double) summary.retries());
    figures.put("busiest_over_mean", summary.fairness().busiestOverMean());
    summary
        .fairness()
        .worstWindow()
        .ifPresent(worst -> figures.put("busiest_over_mean_worst_5s", worst.busiestOverMean()));
    figures.put("jain", summary.fairness().jain());
    return figures;
  }
}
