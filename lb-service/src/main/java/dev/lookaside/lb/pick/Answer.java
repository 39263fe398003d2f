package dev.lookaside.lb.pick;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.v1.PickResponse;
import dev.lookaside.wire.TableCodec;
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
    return PickResponse.newBuilder()
        .setEndpoint(TableCodec.write(endpoint))
        .setPolicy(policy)
        .build();
  }
}
