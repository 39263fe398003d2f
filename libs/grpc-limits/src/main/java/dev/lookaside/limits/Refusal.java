package dev.lookaside.limits;

import java.util.Optional;

/** Which limit was hit, and what the peer is told. */
record Refusal(Limit limit, String reason) {

  static Optional<Refusal> of(Limit limit, String what, long most) {
    return Optional.of(
        new Refusal(limit, "too many " + what + " (expected: at most " + most + ")"));
  }
}
