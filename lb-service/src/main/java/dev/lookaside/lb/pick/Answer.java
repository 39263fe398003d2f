package dev.lookaside.lb.pick;

import com.google.protobuf.ByteString;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.v1.PickResponse;
import dev.lookaside.wire.TableCodec;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a pick of one endpoint by one policy answers and counts, made once for many picks but for
 * the token.
 *
 * @param digest of the endpoint, for tokens
 * @param picks how often the endpoint was picked, by whatever policy and in whatever registration
 */
record Answer(
    Endpoint endpoint, String policy, PickResponse response, long digest, LongAdder picks) {

  static Answer of(Endpoint endpoint, String policy, long digest, LongAdder picks) {
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
