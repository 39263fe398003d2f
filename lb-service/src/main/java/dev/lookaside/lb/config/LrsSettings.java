package dev.lookaside.lb.config;

import dev.lookaside.core.check.Require;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What clients that speak xDS report of their calls (LRS).
 *
 * @param enabled Whether they are asked to report.
 * @param interval How often, 500ms to 1h.
 * @param metrics What they pass on of the load that endpoints tell with each answer, by gRFC A85's
 *     names: cpu_utilization, mem_utilization, application_utilization or named_metrics. and a
 *     name; at most 16.
 */
public record LrsSettings(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("2s") Duration interval,
    @DefaultValue List<String> metrics) {
  private static final Duration SHORTEST = Duration.ofMillis(500);
  private static final int MOST_METRICS = 16;
  private static final String METRIC =
      "(cpu|mem|application)_utilization|named_metrics\\.[A-Za-z0-9_.-]{1,64}";

  public LrsSettings {
    Require.within("lb.lrs.interval", interval, SHORTEST, Duration.ofHours(1));
    metrics = List.copyOf(metrics);
    Require.within("number of lb.lrs.metrics", metrics.size(), 0, MOST_METRICS);
    for (String metric : metrics) {
      Require.that(
          metric.matches(METRIC),
          "lb.lrs.metrics",
          metric,
          "cpu_utilization, mem_utilization, application_utilization, or named_metrics. and a name");
    }
  }
}
