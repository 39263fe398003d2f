package dev.lookaside.wire;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * Protobuf's durations, bounded: a valid one may be of 10,000 years, which no arithmetic in
 * nanoseconds survives.
 */
public final class Durations {
  /** The longest time that a setting or a single latency can name. */
  public static final Duration YEAR = Duration.ofDays(365);

  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final int NANO_DIGITS = 9;

  private Durations() {}

  public static com.google.protobuf.Duration write(Duration duration) {
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(duration.getSeconds())
        .setNanos(duration.getNano())
        .build();
  }

  /** Empty if it is negative or malformed; what is longer than the longest counts as that. */
  public static Optional<Duration> read(com.google.protobuf.Duration wire, Duration longest) {
    boolean isFraction = wire.getNanos() >= 0 && wire.getNanos() < NANOS_PER_SECOND;
    if (wire.getSeconds() < 0 || !isFraction) {
      return Optional.empty();
    }
    Duration duration = Duration.ofSeconds(wire.getSeconds(), wire.getNanos());
    return Optional.of(duration.compareTo(longest) > 0 ? longest : duration);
  }

  /** As {@link #read}, of a value whose name the refusal tells. */
  static Duration require(String name, com.google.protobuf.Duration wire) {
    return read(wire, YEAR)
        .orElseThrow(() ->
            new IllegalArgumentException(name + " is " + text(wire) + " (expected: not negative)"));
  }

  /** In seconds, such as "0.25s", whether it makes sense or not. */
  public static String text(com.google.protobuf.Duration wire) {
    return BigDecimal.valueOf(wire.getSeconds())
            .add(BigDecimal.valueOf(wire.getNanos(), NANO_DIGITS))
            .stripTrailingZeros()
            .toPlainString()
        + "s";
  }
}
