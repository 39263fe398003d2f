package dev.lookaside.lb.lrs;

import dev.lookaside.xds.v3.EndpointLoadMetricStats;
import dev.lookaside.xds.v3.UnnamedEndpointLoadMetricStats;
import dev.lookaside.xds.v3.UpstreamLocalityStats;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;

/**
 * Shows what endpoints told clients of their load with each answer (ORCA), as far as clients were
 * asked to pass it on (gRFC A85). A metric that nobody asked for is no tag.
 */
final class MetricMeters {
  private final Set<String> wanted;
  private final MeterRegistry meters;

  MetricMeters(Set<String> wanted, MeterRegistry meters) {
    this.wanted = Set.copyOf(wanted);
    this.meters = meters;
  }

  void took(String service, UpstreamLocalityStats stats) {
    for (EndpointLoadMetricStats metric : stats.getLoadMetricStatsList()) {
      took(
          service,
          metric.getMetricName(),
          metric.getNumRequestsFinishedWithMetric(),
          metric.getTotalMetricValue());
    }
    took(service, "cpu_utilization", stats.getCpuUtilization());
    took(service, "mem_utilization", stats.getMemUtilization());
    took(service, "application_utilization", stats.getApplicationUtilization());
  }

  private void took(String service, String metric, UnnamedEndpointLoadMetricStats stats) {
    took(service, metric, stats.getNumRequestsFinishedWithMetric(), stats.getTotalMetricValue());
  }

  private void took(String service, String metric, long calls, double total) {
    if (calls > 0 && total >= 0 && Double.isFinite(total) && wanted.contains(metric)) {
      counter("calls", "Answers in which endpoints told a metric", service, metric)
          .increment((double) calls);
      counter("total", "What they told, added up", service, metric).increment(total);
    }
  }

  private Counter counter(String what, String description, String service, String metric) {
    return Counter.builder("lookaside.lrs.metric." + what)
        .description(description)
        .tags("service", service, "metric", metric)
        .register(meters);
  }
}
