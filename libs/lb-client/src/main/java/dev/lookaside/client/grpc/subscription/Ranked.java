package dev.lookaside.client.grpc.subscription;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.v1.TableEndpoint;
import dev.lookaside.wire.TableCodec;
import java.util.Comparator;
import java.util.OptionalLong;

/**
 * An endpoint of a table, as it was told and as it was understood.
 *
 * @param score the lower as an unsigned number, the sooner this client connects to it
 * @param bornNanos when it took the place of another incarnation, if it did: what was reported
 *     before is of that one
 */
record Ranked(TableEndpoint wire, Endpoint endpoint, long score, OptionalLong bornNanos) {
  static final Comparator<Ranked> ORDER =
      Comparator.<Ranked, Long>comparing(Ranked::score, Long::compareUnsigned)
          .thenComparing(ranked -> ranked.endpoint().id());

  boolean takesCalls() {
    return endpoint.takesCalls();
  }

  boolean isAdvisedAgainst() {
    return TableCodec.isAdvisedAgainst(wire.getHealth());
  }

  boolean isOlderThan(long takenAtNanos) {
    return bornNanos.isEmpty() || takenAtNanos - bornNanos.getAsLong() >= 0;
  }
}
