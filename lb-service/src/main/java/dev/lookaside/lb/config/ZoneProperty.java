package dev.lookaside.lb.config;

import dev.lookaside.core.balancer.ZonePreference;
import dev.lookaside.core.check.Require;
import dev.lookaside.core.endpoint.Locality;
import java.util.Optional;

/** Reads {@code lb.zone}: a zone, or a region and a zone with a slash between them. */
final class ZoneProperty {
  private ZoneProperty() {}

  static Optional<ZonePreference> read(String text, double spillAbove) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String[] parts = text.split("/", -1);
    String zone = parts[parts.length - 1];
    if (parts.length > 2 || zone.isBlank() || parts[0].isBlank()) {
      throw Require.refusal("lb.zone", text, "zone or region/zone");
    }
    String region = parts.length == 2 ? parts[0] : "";
    return Optional.of(new ZonePreference(new Locality(region, zone, ""), spillAbove));
  }
}
