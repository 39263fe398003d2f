package dev.lookaside.client.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.lookaside.client.load.Fairness;
import dev.lookaside.client.load.LatencyRow;
import dev.lookaside.client.load.LoadSummary;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Prints who did what, and how fast: tables, or one JSON object. */
final class LoadPrinter {

  private LoadPrinter() {}

  static void print(PrintWriter out, OutputFormat format, LoadSummary summary) {
    switch (format) {
      case TEXT -> text(out, summary);
      case JSON -> Json.print(out, json(summary));
      case CSV -> LoadCsv.print(out, summary);
    }
    out.flush();
  }

  private static void text(PrintWriter out, LoadSummary summary) {
    long done = summary.done();
    print(out, table("worker", summary.workers(), done).row(cells(summary.all(), done)));
    if (summary.kinds().size() > 1) {
      out.println();
      print(out, table("task", summary.kinds(), done));
    }
    out.println();
    out.printf(
        Locale.ROOT,
        "%d tasks from %d clients in %.1f s: %d done (goodput %.1f per second), %d retries, %d"
            + " failed%n",
        summary.sent(),
        summary.clients(),
        summary.sending().toNanos() / 1e9,
        done,
        summary.goodputPerSecond(),
        summary.retries(),
        summary.failed());
    out.println(fairness(summary.fairness()));
    summary
        .failures()
        .forEach((status, failure) ->
            out.printf(
                "  %s: %d, such as: %s%n", status, failure.count(), Plain.text(failure.example())));
  }

  private static String fairness(Fairness fairness) {
    return String.format(
        Locale.ROOT,
        "busiest worker %.2f x the mean%s; Jain's index %.3f",
        fairness.busiestOverMean(),
        fairness
            .worstWindow()
            .map(worst ->
                String.format(
                    Locale.ROOT,
                    ", %.2f x in the worst %d s (from %d s on)",
                    worst.busiestOverMean(),
                    Fairness.WINDOW_SECONDS,
                    worst.fromSeconds()))
            .orElse(""),
        fairness.jain());
  }

  private static Table table(String title, List<LatencyRow> rows, long done) {
    Table table =
        new Table()
            .row(
                title, "done", "share", "failed", "refused", "p50 ms", "p90 ms", "p99 ms",
                "max ms");
    rows.forEach(row -> table.row(cells(row, done)));
    return table;
  }

  private static String[] cells(LatencyRow row, long done) {
    return new String[] {
      Plain.text(row.name()),
      String.valueOf(row.done()),
      String.format(Locale.ROOT, "%.1f %%", 100 * share(row, done)),
      String.valueOf(row.failed()),
      String.valueOf(row.refused()),
      decimal(row.percentileMillis(50)),
      decimal(row.percentileMillis(90)),
      decimal(row.percentileMillis(99)),
      decimal(row.maxMillis())
    };
  }

  private static void print(PrintWriter out, Table table) {
    table.lines().forEach(out::println);
  }

  private static String decimal(double millis) {
    return String.format(Locale.ROOT, "%.1f", millis);
  }

  static double share(LatencyRow row, long done) {
    return done == 0 ? 0 : (double) row.done() / done;
  }

  private static JsonObject json(LoadSummary summary) {
    JsonObject json = new JsonObject();
    json.addProperty("clients", summary.clients());
    json.addProperty("sendingMillis", Json.millis(summary.sending()));
    json.addProperty("sent", summary.sent());
    json.addProperty("done", summary.done());
    json.addProperty("sentPerSecond", Json.rounded(summary.sentPerSecond()));
    json.addProperty("goodputPerSecond", Json.rounded(summary.goodputPerSecond()));
    json.addProperty("retries", summary.retries());
    json.addProperty("failed", summary.failed());
    JsonObject failures = new JsonObject();
    summary
        .failures()
        .forEach((status, failure) -> {
          JsonObject entry = new JsonObject();
          entry.addProperty("count", failure.count());
          entry.addProperty("example", failure.example());
          failures.add(status, entry);
        });
    json.add("failures", failures);
    json.add("fairness", json(summary.fairness()));
    json.add("all", json(summary.all(), summary.done()));
    json.add("workers", json(summary.workers(), summary.done()));
    json.add("tasks", json(summary.kinds(), summary.done()));
    return json;
  }

  private static JsonObject json(Fairness fairness) {
    JsonObject json = new JsonObject();
    json.addProperty("busiestOverMean", Json.rounded(fairness.busiestOverMean()));
    fairness
        .worstWindow()
        .ifPresent(worst -> {
          JsonObject window = new JsonObject();
          window.addProperty("fromSeconds", worst.fromSeconds());
          window.addProperty("seconds", Fairness.WINDOW_SECONDS);
          window.addProperty("busiestOverMean", Json.rounded(worst.busiestOverMean()));
          json.add("worstWindow", window);
        });
    json.addProperty("jain", Json.rounded(fairness.jain()));
    return json;
  }

  private static JsonArray json(List<LatencyRow> rows, long done) {
    JsonArray json = new JsonArray();
    rows.forEach(row -> json.add(json(row, done)));
    return json;
  }

  private static JsonObject json(LatencyRow row, long done) {
    JsonObject json = new JsonObject();
    json.addProperty("name", row.name());
    json.addProperty("done", row.done());
    json.addProperty("share", Json.rounded(share(row, done)));
    json.addProperty("failed", row.failed());
    json.addProperty("refused", row.refused());
    json.addProperty("meanMillis", Json.rounded(row.meanMillis()));
    json.addProperty("p50Millis", Json.rounded(row.percentileMillis(50)));
    json.addProperty("p90Millis", Json.rounded(row.percentileMillis(90)));
    json.addProperty("p99Millis", Json.rounded(row.percentileMillis(99)));
    json.addProperty("p999Millis", Json.rounded(row.percentileMillis(99.9)));
    json.addProperty("maxMillis", Json.rounded(row.maxMillis()));
    return json;
  }
}
