package dev.lookaside.trials.compare;

import static java.util.stream.Collectors.joining;

import dev.lookaside.trials.load.LoadResult;
import dev.lookaside.trials.process.UnequalWorker;
import java.util.List;
import java.util.Locale;

/** What a load says of one policy, as a line of a table in Markdown. */
record PolicyRow(String policy, LoadResult load) {
  private static final List<String> LATENCIES =
      List.of("mean_ms", "p50_ms", "p99_ms", "p999_ms", "max_ms");

  static String header() {
    List<String> columns =
        List.of("mean ms", "p50", "p99", "p99.9", "max", "failed", "goodput/s", "busiest ÷ mean");
    String workers = Compare.WORKERS.stream().map(UnequalWorker::id).collect(joining(" | "));
    int figures = columns.size() + 2 + Compare.WORKERS.size();
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
      line.append(String.format(Locale.ROOT, " %.0f |", load.all(name)));
    }
    line.append(String.format(Locale.ROOT, " %.0f |", load.all("failed")));
    line.append(String.format(Locale.ROOT, " %.1f |", load.run("goodput_per_second")));
    for (String name : List.of("busiest_over_mean", "busiest_over_mean_worst_5s", "jain")) {
      line.append(String.format(Locale.ROOT, " %.2f |", load.run(name)));
    }
    for (UnequalWorker worker : Compare.WORKERS) {
      line.append(
          String.format(Locale.ROOT, " %.1f %% |", 100 * load.worker(worker.id(), "share")));
    }
    return line.toString();
  }
}
