package dev.lookaside.simulator.report;

import java.util.Locale;

/** The results as CSV: one line for each run. */
public final class CsvReport {
  private static final String HEADER =
      "parameter,value,policy,seed,requests,attempts,mean_ms,p50_ms,p90_ms,p99_ms,p99.9_ms,"
          + "timed_out_share,failed_share,ejections,goodput_per_s,mean_utilization,"
          + "share_busiest,share_busiest_in_5_s,share_jain,"
          + "use_busiest,use_busiest_in_5_s,use_jain\n";

  private CsvReport() {}

  public static String of(CampaignResult result) {
    StringBuilder text = new StringBuilder(HEADER);
    for (PointResult point : result.points()) {
      for (StrategyResult strategy : point.strategies()) {
        for (RunResult run : strategy.runs()) {
          text.append(line(point, strategy.strategy(), run));
        }
      }
    }
    return text.toString();
  }

  private static String line(PointResult point, String strategy, RunResult run) {
    return String.format(
        Locale.ROOT,
        "%s,%s,%s,%d,%d,%d,%.4f,%s,%s,%s,%s,%.6f,%.6f,%d,%.3f,%.4f,%.4f,%.4f,%.6f,%.4f,%.4f,%.6f\n",
        point.point().parameter(),
        point.point().value(),
        strategy,
        run.seed(),
        run.requests(),
        run.attempts(),
        run.meanMillis(),
        millis(run.percentile(50)),
        millis(run.percentile(90)),
        millis(run.percentile(99)),
        millis(run.percentile(99.9)),
        run.timedOutShare(),
        run.failedShare(),
        run.ejections(),
        run.goodput(),
        run.meanUtilization(),
        run.shares().busiest(),
        run.shares().worst(),
        run.shares().jain(),
        run.use().busiest(),
        run.use().worst(),
        run.use().jain());
  }

  private static String millis(double value) {
    return Double.isInfinite(value) ? "TO" : String.format(Locale.ROOT, "%.3f", value);
  }
}
