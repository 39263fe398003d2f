package dev.lookaside.lb.access;

import dev.lookaside.security.identity.RequestClaims;
import dev.lookaside.v1.ClientStats;
import dev.lookaside.v1.Outcome;
import dev.lookaside.v1.PickRequest;
import dev.lookaside.v1.SubscribeRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads of each request which service it is about, and who says to send it. */
public final class Claims implements RequestClaims {

  @Override
  public Optional<Claim> of(@Nullable Object message) {
    if (message instanceof PickRequest pick) {
      return Optional.of(new Claim(pick.getService(), pick.getClientId()));
    }
    if (message instanceof SubscribeRequest subscribe) {
      return Optional.of(new Claim(subscribe.getService(), subscribe.getClientId()));
    }
    if (message instanceof ClientStats stats) {
      return Optional.of(new Claim(stats.getService(), stats.getClientId()));
    }
    if (message instanceof Outcome outcome) {
      return Optional.of(new Claim(outcome.getService(), ""));
    }
    return Optional.empty();
  }
}
