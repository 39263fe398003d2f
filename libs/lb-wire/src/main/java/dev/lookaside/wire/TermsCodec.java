package dev.lookaside.wire;

import dev.lookaside.v1.Terms;
import java.time.Duration;
import java.util.Optional;

/** The terms of a subscription, as a message and back. */
public final class TermsCodec {
  private static final Duration SHORTEST = Duration.ofMillis(50);
  private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);
  private static final Duration LONGEST_EXPIRY = Duration.ofHours(1);

  private TermsCodec() {}

  public static Terms write(SubscriptionTerms terms) {
    Terms.Builder wire =
        Terms.newBuilder()
            .setHeartbeatInterval(Durations.write(terms.heartbeatInterval()))
            .setLoadExpiry(Durations.write(terms.loadExpiry()));
    terms.loadInterval().map(Durations::write).ifPresent(wire::setLoadInterval);
    return wire.build();
  }

  /** Whatever the message says, the terms are such that a client can keep to them. */
  public static SubscriptionTerms read(Terms wire) {
    Optional<Duration> loads =
        wire.hasLoadInterval()
            ? Optional.of(within(wire.getLoadInterval(), LONGEST_INTERVAL))
            : Optional.empty();
    return new SubscriptionTerms(
        // To expect them too often would be to leave a balancer that is well.
        wire.hasHeartbeatInterval()
            ? within(wire.getHeartbeatInterval(), LONGEST_INTERVAL)
            : LONGEST_INTERVAL,
        loads,
        within(wire.getLoadExpiry(), LONGEST_EXPIRY));
  }

  private static Duration within(com.google.protobuf.Duration wire, Duration longest) {
    Duration said = Durations.read(wire, longest).orElse(SHORTEST);
    return said.compareTo(SHORTEST) < 0 ? SHORTEST : said;
  }
}
