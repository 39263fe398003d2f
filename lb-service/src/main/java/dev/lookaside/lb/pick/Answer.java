package dev.lookaside.lb.pick;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.v1.Locality;
import dev.lookaside.v1.PickResponse;
import io.micrometer.core.instrument.Counter;

/** What a pick of one endpoint by one policy answers and counts, made once for many picks. */
record Answer(Endpoint endpoint, String policy, PickResponse response, Counter picks) {

  static Answer of(Endpoint endpoint, String policy, Counter picks) {
    return new Answer(endpoint, policy, response(endpoint, policy), picks);
  }

  /** Compares by identity: another object is another registration, and gets a new answer. */
  @SuppressWarnings("ReferenceEquality")
  boolean isFor(Endpoint otherEndpoint, String otherPolicy) {
    return endpoint == otherEndpoint && policy.equals(otherPolicy);
  }

  private static PickResponse response(Endpoint endpoint, String policy) {
    var locality = endpoint.locality();
    return PickResponse.newBuilder()
        .setEndpoint(
            dev.lookaside.v1.Endpoint.newBuilder()
                .setId(endpoint.id())
                .setService(endpoint.service())
                .setAddress(endpoint.address().toString())
                .setLocality(
                    Locality.newBuilder()
                        .setRegion(locality.region())
                        .setZone(locality.zone())
                        .setSubZone(locality.subZone()))
                .setIncarnation(endpoint.incarnation()))
        .setPolicy(policy)
        .build();
  }
}
