package dev.lookaside.trials.compare;

import static java.util.stream.Collectors.joining;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the CSV of a load says of one policy, as a line of a table in Markdown. */
record PolicyRow(String policy, Map<String, Map<String, Double>> values) {
  private static final List<String> LATENCIES =
      List.of("mean_ms", "p50_ms", "p99_ms", "p999_ms", "max_ms");

  /** Reads the lines that are named in the first one; the others are told apart by their width. */
  static PolicyRow read(String policy, String csv) {
    List<String> lines = csv.lines().toList();
    int first = 0;
    while (first < lines.size() && !lines.get(first).startsWith("group,name,")) {
      first++;
    }
    if (first == lines.size()) {
      throw new IllegalArgumentException("the load of " + policy + " printed: " + csv);
    }
    String[] names = lines.get(first).split(",", -1);
    Map<String, Map<String, Double>> values = new HashMap<>();
    for (String line : lines.subList(first + 1, lines.size())) {
      String[] cells = line.split(",", -1);
      if (cells.length == names.length) {
        Map<String, Double> row =
            values.computeIfAbsent(cells[0] + ":" + cells[1], name -> new HashMap<>());
        for (int i = 2; i < names.length; i++) {
          if (!cells[i].isEmpty()) {
            row.put(names[i], Double.parseDouble(cells[i]));
          }
        }
      }
    }
    return new PolicyRow(policy, values);
  }

  static String header() {
    List<String> columns =
        List.of("mean ms", "p50", "p99", "p99.9", "max", "failed", "goodput/s", "busiest ÷ mean");
    String workers = UnequalWorker.FIVE.stream().map(UnequalWorker::id).collect(joining(" | "));
    int figures = columns.size() + 2 + UnequalWorker.FIVE.size();
    return "| policy | "
        + String.join(" | ", columns)
        + " | worst 5 s | Jain | "
        + workers
        + " |\n|---|"
        + "---:|".repeat(figures);
  }

  String line() {
    StringBuilder line = new StringBuilder("| `" + policy + "` |");
    for (String name : LATENCIES) {
      line.append(String.format(Locale.ROOT, " %.0f |", value("all:all", name)));
    }
    line.append(String.format(Locale.ROOT, " %.0f |", value("all:all", "failed")));
    line.append(String.format(Locale.ROOT, " %.1f |", run("goodput_per_second")));
    for (String name : List.of("busiest_over_mean", "busiest_over_mean_worst_5s", "jain")) {
      line.append(String.format(Locale.ROOT, " %.2f |", run(name)));
    }
    for (UnequalWorker worker : UnequalWorker.FIVE) {
      line.append(
          String.format(Locale.ROOT, " %.1f %% |", 100 * value("worker:" + worker.id(), "share")));
    }
    return line.toString();
  }

  private double run(String name) {
    return value("run:" + name, "done");
  }

  private double value(String row, String column) {
    return values.getOrDefault(row, Map.of()).getOrDefault(column, 0.0);
  }
}
