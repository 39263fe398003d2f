package dev.lookaside.app.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Spells the labels of the meters {@code grpc.server.*} as the field does: {@code grpc_service},
 * {@code grpc_method}, {@code grpc_type}, {@code grpc_code}. Micrometer calls the first {@code
 * service}, which here is the name of what is balanced.
 */
public final class GrpcServerLabels implements MeterFilter {
  private static final String TYPE = "methodType";
  private static final String OTHER_LABELS = "grpc.server.";
  private static final Map<String, String> NAMES =
      Map.of(
          "service",
          "grpc_service",
          "method",
          "grpc_method",
          TYPE,
          "grpc_type",
          "statusCode",
          "grpc_code");

  @Override
  public Meter.Id map(Meter.Id id) {
    if (!id.getName().startsWith(OTHER_LABELS)) {
      return id;
    }
    List<Tag> tags = id.getTags().stream().map(GrpcServerLabels::map).toList();
    return id.replaceTags(tags);
  }

  private static Tag map(Tag tag) {
    String name = NAMES.getOrDefault(tag.getKey(), tag.getKey());
    return Tag.of(name, tag.getKey().equals(TYPE) ? type(tag.getValue()) : tag.getValue());
  }

  /** Such as {@code bidi_stream} for {@code BIDI_STREAMING}. */
  private static String type(String micrometers) {
    return micrometers.toLowerCase(Locale.ROOT).replace("streaming", "stream");
  }
}
