package dev.lookaside.core.endpoint;

import static java.util.Objects.requireNonNull;

/** A place, from wide to narrow, in xDS terms; an empty part means unspecified. */
public record Locality(String region, String zone, String subZone) {

  public static final Locality UNSPECIFIED = new Locality("", "", "");

  public Locality {
    requireNonNull(region, "region");
    requireNonNull(zone, "zone");
    requireNonNull(subZone, "subZone");
  }
}
