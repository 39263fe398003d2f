package dev.lookaside.wire;

import dev.lookaside.core.endpoint.Locality;

/** Places, as messages and back. */
public final class LocalityCodec {
  private LocalityCodec() {}

  public static dev.lookaside.v1.Locality write(Locality locality) {
    return dev.lookaside.v1.Locality.newBuilder()
        .setRegion(locality.region())
        .setZone(locality.zone())
        .setSubZone(locality.subZone())
        .build();
  }

  public static Locality read(dev.lookaside.v1.Locality wire) {
    return new Locality(wire.getRegion(), wire.getZone(), wire.getSubZone());
  }
}
