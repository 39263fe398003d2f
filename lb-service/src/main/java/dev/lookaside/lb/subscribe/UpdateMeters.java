package dev.lookaside.lb.subscribe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Counts what subscribers are sent. */
final class UpdateMeters {
  private final Map<EncodedUpdate.Kind, Counter> messages = new EnumMap<>(EncodedUpdate.Kind.class);
  private final Counter bytes;

  UpdateMeters(MeterRegistry meters) {
    for (EncodedUpdate.Kind kind : EncodedUpdate.Kind.values()) {
      messages.put(
          kind,
          Counter.builder("lookaside.subscribers.messages")
              .description("Messages sent to subscribers")
              .tag("kind", kind.name().toLowerCase(Locale.ROOT))
              .register(meters));
    }
    this.bytes =
        Counter.builder("lookaside.subscribers.sent")
            .description("What those messages amount to, before HTTP/2")
            .baseUnit("bytes")
            .register(meters);
  }

  void count(EncodedUpdate update) {
    Objects.requireNonNull(messages.get(update.kind())).increment();
    bytes.increment(update.length());
  }
}
