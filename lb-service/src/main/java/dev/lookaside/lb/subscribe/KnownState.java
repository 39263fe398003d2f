package dev.lookaside.lb.subscribe;

import dev.lookaside.v1.SubscribeRequest;
import dev.lookaside.wire.SyncedView;
import dev.lookaside.wire.ViewCodec;
import java.util.Optional;

/**
 * What a subscriber has from before, perhaps from another balancer.
 *
 * @param view of the registry; empty if it names none
 */
record KnownState(String epoch, long number, Optional<SyncedView> view) {
  static final int MAX_EPOCH = 64;

  static KnownState of(SubscribeRequest request) {
    return new KnownState(
        request.getHave().getEpoch(),
        request.getHave().getNumber(),
        ViewCodec.read(request.getHaveView()));
  }
}
