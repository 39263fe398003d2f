package dev.lookaside.lb.config;

import dev.lookaside.core.balancer.ZonePreference;
import dev.lookaside.core.endpoint.Locality;
import java.util.Optional;

/** Reads {@code lb.zone}: a zone, or a region and a zone with a slash between them. */
final class ZoneProperty {
  private ZoneProperty() {}

  static Optional<ZonePreference> read(String text, double spillAbove) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new ZonePreference(Locality.parse("lb.zone", text), spillAbove));
  }
}
