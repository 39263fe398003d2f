package dev.lookaside.lb.access;

import dev.lookaside.security.identity.RequestClaims;
import dev.lookaside.v1.ChangeEndpointsRequest;
import dev.lookaside.v1.ClientStats;
import dev.lookaside.v1.ExplainRequest;
import dev.lookaside.v1.ListDecisionsRequest;
import dev.lookaside.v1.ListEndpointsRequest;
import dev.lookaside.v1.Outcome;
import dev.lookaside.v1.PickRequest;
import dev.lookaside.v1.ResetPolicyRequest;
import dev.lookaside.v1.SetPolicyRequest;
import dev.lookaside.v1.SetWeightRequest;
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
    return ofOperators(message);
  }

  private static Optional<Claim> ofOperators(@Nullable Object message) {
    if (message instanceof ChangeEndpointsRequest change) {
      return Optional.of(new Claim(change.getService(), change.getNote().getClaimedBy()));
    }
    if (message instanceof SetWeightRequest change) {
      return Optional.of(new Claim(change.getService(), change.getNote().getClaimedBy()));
    }
    if (message instanceof SetPolicyRequest change) {
      return Optional.of(new Claim(change.getService(), change.getNote().getClaimedBy()));
    }
    if (message instanceof ResetPolicyRequest change) {
      return Optional.of(new Claim(change.getService(), change.getNote().getClaimedBy()));
    }
    if (message instanceof ListEndpointsRequest list) {
      return Optional.of(new Claim(list.getService(), ""));
    }
    if (message instanceof ExplainRequest explain) {
      return Optional.of(new Claim(explain.getService(), ""));
    }
    if (message instanceof ListDecisionsRequest list) {
      return Optional.of(new Claim(list.getService(), ""));
    }
    return Optional.empty();
  }
}
