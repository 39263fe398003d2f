package dev.lookaside.core.load;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a report says about the work an endpoint does and the part of itself that it spends on it;
 * the input of gRFC A58's weights. Kept longer than the report, which goes stale much sooner.
 *
 * @param utilization {@code application_utilization}, else {@code cpu_utilization}; above 0
 * @param rps requests per second, above 0
 * @param eps errors per second
 * @param sinceNanos when the first report of an unbroken series came
 * @param atNanos when this report came
 */
public record Utilization(
    double utilization, double rps, double eps, long sinceNanos, long atNanos) {

  /** The report's utilization, or {@code before} if it says nothing about it. */
  static @Nullable Utilization after(
      @Nullable Utilization before, LoadReport report, Duration expiration) {
    double utilization =
        report.applicationUtilization() > 0
            ? report.applicationUtilization()
            : report.cpuUtilization();
    if (utilization <= 0 || report.rpsFractional() <= 0) {
      return before;
    }
    long now = report.takenAtNanos();
    long since =
        before != null && now - before.atNanos < expiration.toNanos() ? before.sinceNanos : now;
    return new Utilization(utilization, report.rpsFractional(), report.eps(), since, now);
  }
}
