package dev.lookaside.lb.pick;

import com.google.protobuf.ByteString;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.v1.PickResponse;
import dev.lookaside.wire.TableCodec;
import io.micrometer.core.instrument.Counter;

/**
 * What a pick of one endpoint by one policy answers and counts, made once for many picks but for
 * the token.
 *
 * @param digest of the endpoint, for tokens
 */
record Answer(Endpoint endpoint, String policy, PickResponse response, long digest, Counter picks) {

  static Answer of(Endpoint endpoint, String policy, long digest, Counter picks) {
    return new Answer(endpoint, policy, response(endpoint, policy), digest, picks);
  }

  PickResponse with(ByteString token) {
    return response.toBuilder().setToken(token).build();
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
