package dev.lookaside.core.endpoint;

import dev.lookaside.core.check.Require;

/** A place, from wide to narrow, in xDS terms; an empty part means unspecified. */
public record Locality(String region, String zone, String subZone) {

  public static final Locality UNSPECIFIED = new Locality("", "", "");

  public Locality {
    Endpoint.requireText("region", region);
    Endpoint.requireText("zone", zone);
    Endpoint.requireText("sub-zone", subZone);
  }

  /**
   * Reads {@code zone} or {@code region/zone}.
   *
   * @param what the refusal calls it
   */
  public static Locality parse(String what, String text) {
    String[] parts = text.split("/", -1);
    String zone = parts[parts.length - 1];
    Require.that(
        parts.length <= 2 && !zone.isBlank() && !parts[0].isBlank(),
        what,
        text,
        "zone or region/zone");
    return new Locality(parts.length == 2 ? parts[0] : "", zone, "");
  }
}
