package dev.lookaside.tracing.otlp.spring;

import dev.lookaside.tracing.otlp.OtlpTracing;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Traces of RPCs. Headers, certificates, the sampler and all else are set by OpenTelemetry's own
 * variables OTEL_*.
 *
 * @param endpoint Collector that traces are sent to by OTLP over HTTP, such as
 *     http://localhost:4318; none are made if it is not set.
 */
@ConfigurationProperties("lookaside.tracing")
public record TracingProperties(@Nullable URI endpoint) {
  public TracingProperties {
    if (endpoint != null) {
      OtlpTracing.require("lookaside.tracing.endpoint", endpoint);
    }
  }
}
