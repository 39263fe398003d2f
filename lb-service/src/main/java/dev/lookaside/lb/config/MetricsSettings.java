package dev.lookaside.lb.config;

import dev.lookaside.core.check.Require;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is exported.
 *
 * @param maxEndpoints How many endpoints have time series of their own, 1 to 100000: with more,
 *     those that are picked most, and one series other for the rest.
 */
public record MetricsSettings(@DefaultValue("200") int maxEndpoints) {

  public MetricsSettings {
    Require.within("lb.metrics.max-endpoints", maxEndpoints, 1, 100_000);
  }
}
