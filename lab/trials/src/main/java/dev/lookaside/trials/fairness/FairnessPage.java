package dev.lookaside.trials.fairness;

import java.util.Locale;
import java.util.Map;

/** The page that the trial writes, in Markdown. */
final class FairnessPage {
  private FairnessPage() {}

  static String of(
      String command, Workers workers, String judged, String beside, Map<Cell, Runs> runs) {
    StringBuilder page = new StringBuilder(introduction(command, workers, judged, beside));
    page.append(
        String.format(
            Locale.ROOT,
            """
            | mode | clients | mix | busiest ÷ mean | worst run | worst 5 s | p99 ms | `%s`: busiest ÷ mean | p99 ms | p99 ÷ its | min to max | failed | met |
            |---|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|
            """,
            beside));
    runs.forEach((cell, of) -> page.append(line(cell, of)));
    return page.toString();
  }

  private static String introduction(
      String command, Workers workers, String judged, String beside) {
    return String.format(
        Locale.ROOT,
        """
        # Three equal workers, on real processes

        ```
        lab/trials/run fairness%s
        ```
        prints this page. Three equal workers, two balancers (policies `%s` and `%s`) and a client are processes on one machine of %d
        processors, Java %s; closed loop, the two policies in turns. %s
        Figures are medians of the runs, worst run and worst 5 s the greatest of them, ratios of the same round. Busiest ÷ mean is
        of what the workers did. Aims of `%s`: busiest ÷ mean ≤ %.2f, ≤ %.2f in the worst run, and p99 ≤ %.1f × that of `%s`.

        """,
        command.isEmpty() ? "" : " " + command,
        judged,
        beside,
        Runtime.getRuntime().availableProcessors(),
        Runtime.version().feature(),
        workers.words(),
        judged,
        Runs.MEDIAN_AIM,
        Runs.WORST_AIM,
        Runs.LATENCY_AIM,
        beside);
  }

  private static String line(Cell cell, Runs runs) {
    double[] busiest = runs.judged(Run::busiest);
    double[] worstWindow = runs.judged(Run::worstWindow);
    double[] ratios = runs.latencyRatios();
    double[] failed = runs.judged(Run::failed);
    return String.format(
        Locale.ROOT,
        "| %s | %d | `%s` | %.2f | %.2f | %.2f | %.0f | %.2f | %.0f | %.2f | %.2f to %.2f | %.0f | %s |%n",
        cell.mode().option(),
        cell.clients(),
        cell.mix(),
        Runs.median(busiest),
        last(busiest),
        last(worstWindow),
        Runs.median(runs.judged(Run::p99Millis)),
        Runs.median(runs.beside(Run::busiest)),
        Runs.median(runs.beside(Run::p99Millis)),
        Runs.median(ratios),
        ratios[0],
        last(ratios),
        last(failed),
        runs.meetsAims() ? "yes" : "**no**");
  }

  private static double last(double[] sorted) {
    return sorted[sorted.length - 1];
  }
}
