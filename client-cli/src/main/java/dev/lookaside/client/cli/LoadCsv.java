package dev.lookaside.client.cli;

import dev.lookaside.client.load.LatencyRow;
import dev.lookaside.client.load.LoadSummary;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * What became of a load, one line each for all tasks, every worker, every kind of task, every
 * status that failed and every figure of the whole run.
 */
final class LoadCsv {
  private static final String HEADER =
      "group,name,done,share,refused,mean_ms,p50_ms,p90_ms,p99_ms,p999_ms,max_ms,failed";

  private static final String EMPTY = ",,,,,,,,,";

  private LoadCsv() {}

  static void print(PrintWriter out, LoadSummary summary) {
    out.println(HEADER);
    out.println(line("all", summary.all(), summary));
    summary.workers().forEach(row -> out.println(line("worker", row, summary)));
    summary.kinds().forEach(row -> out.println(line("task", row, summary)));
    summary
        .failures()
        .forEach(
            (status, failure) -> out.println("failed," + status + "," + failure.count() + EMPTY));
    LoadFigures.of(summary).forEach((name, value) -> out.println(figure(name, value)));
  }

  private static String figure(String name, double value) {
    return String.format(Locale.ROOT, "run,%s,%.3f%s", name, value, EMPTY);
  }

  private static String line(String group, LatencyRow row, LoadSummary summary) {
    return String.format(
        Locale.ROOT,
        "%s,%s,%d,%.4f,%d,%.3f,%.3f,%.3f,%.3f,%.3f,%.3f,%d",
        group,
        quoted(row.name()),
        row.done(),
        LoadPrinter.share(row, summary.done()),
        row.refused(),
        row.meanMillis(),
        row.percentileMillis(50),
        row.percentileMillis(90),
        row.percentileMillis(99),
        row.percentileMillis(99.9),
        row.maxMillis(),
        row.failed());
  }

  private static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c < ' ');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
