package dev.lookaside.lb.xds;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Counts what clients are sent, and what they say of it. */
final class AdsMeters {
  private final Map<ResourceType, Counter> responses = new EnumMap<>(ResourceType.class);
  private final Map<ResourceType, Counter> nacks = new EnumMap<>(ResourceType.class);
  private final Counter bytes;
  private final Counter foreign;

  AdsMeters(MeterRegistry meters) {
    for (ResourceType type : ResourceType.values()) {
      responses.put(
          type, counter("lookaside.xds.responses", "Responses sent to xDS clients", type, meters));
      nacks.put(
          type,
          counter("lookaside.xds.nacks", "Responses that an xDS client refused", type, meters));
    }
    this.bytes =
        Counter.builder("lookaside.xds.sent")
            .description("What those responses amount to, before HTTP/2")
            .baseUnit("bytes")
            .register(meters);
    this.foreign =
        Counter.builder("lookaside.xds.foreign.types")
            .description("Requests for types of resources that no gRPC client has a use for")
            .register(meters);
  }

  private static Counter counter(
      String name, String description, ResourceType type, MeterRegistry meters) {
    return Counter.builder(name)
        .description(description)
        .tag("type", type.name().toLowerCase(Locale.ROOT))
        .register(meters);
  }

  void sent(EncodedResponse response) {
    Objects.requireNonNull(responses.get(response.type())).increment();
    bytes.increment(response.size());
  }

  void refused(ResourceType type) {
    Objects.requireNonNull(nacks.get(type)).increment();
  }

  void foreignType() {
    foreign.increment();
  }
}
