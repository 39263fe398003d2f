package dev.lookaside.lb.proof;

import java.time.Duration;
import java.util.OptionalLong;

/** What becomes of an outcome's claim that this balancer picked for it. */
public sealed interface Redemption {

  /**
   * It did, and nobody said so before.
   *
   * @param pickedAtNanos empty if that is not known
   */
  record Good(OptionalLong pickedAtNanos) implements Redemption {
    public static final Good UNDATED = new Good(OptionalLong.empty());

    static Good at(long pickedAtNanos) {
      return new Good(OptionalLong.of(pickedAtNanos));
    }

    /** A call cannot have lasted longer than since its pick. */
    public Duration likely(Duration latency, long nowNanos) {
      if (pickedAtNanos.isEmpty()) {
        return latency;
      }
      Duration longest = Duration.ofNanos(Math.max(0, nowNanos - pickedAtNanos.getAsLong()));
      return latency.compareTo(longest) > 0 ? longest : latency;
    }
  }

  record Bad(Ignored reason) implements Redemption {}
}
