package dev.lookaside.tracing.otlp;

import io.grpc.Status;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.otel.bridge.OtelSpan;
import io.opentelemetry.api.trace.StatusCode;

/**
 * Marks spans as errors. An observation knows exceptions only, and a status need not come of one.
 */
final class SpanErrors {
  private static final String TYPE = "error.type";

  private SpanErrors() {}

  static void mark(Span span, Status.Code code) {
    var unused = OtelSpan.toOtel(span).setStatus(StatusCode.ERROR).setAttribute(TYPE, code.name());
  }
}
