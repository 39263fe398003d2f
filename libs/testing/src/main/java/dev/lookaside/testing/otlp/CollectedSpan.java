package dev.lookaside.testing.otlp;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A span as it came over the wire.
 *
 * @param service who made it
 * @param kind such as {@code CLIENT}
 * @param parentId empty for the first of a trace
 * @param isError what its status says
 * @param attributes as text
 * @param events their names, in order
 */
public record CollectedSpan(
    String service,
    String name,
    String kind,
    String traceId,
    String spanId,
    String parentId,
    boolean isError,
    Map<String, String> attributes,
    List<String> events) {

  static CollectedSpan of(Resource resource, Span span) {
    HexFormat hex = HexFormat.of();
    return new CollectedSpan(
        attributes(resource.getAttributesList()).getOrDefault("service.name", ""),
        span.getName(),
        span.getKind().name().replace("SPAN_KIND_", ""),
        hex.formatHex(span.getTraceId().toByteArray()),
        hex.formatHex(span.getSpanId().toByteArray()),
        hex.formatHex(span.getParentSpanId().toByteArray()),
        span.getStatus().getCode().name().equals("STATUS_CODE_ERROR"),
        attributes(span.getAttributesList()),
        span.getEventsList().stream().map(Span.Event::getName).toList());
  }

  /** An attribute; empty if there is none. */
  public String attribute(String key) {
    return attributes.getOrDefault(key, "");
  }

  public boolean isChildOf(CollectedSpan parent) {
    return traceId.equals(parent.traceId) && parentId.equals(parent.spanId);
  }

  private static Map<String, String> attributes(List<KeyValue> pairs) {
    Map<String, String> attributes = new TreeMap<>();
    pairs.forEach(pair -> attributes.put(pair.getKey(), text(pair.getValue())));
    return attributes;
  }

  private static String text(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case INT_VALUE -> Long.toString(value.getIntValue());
      default -> value.toString();
    };
  }
}
