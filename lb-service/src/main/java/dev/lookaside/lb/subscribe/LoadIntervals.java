package dev.lookaside.lb.subscribe;

import dev.lookaside.lb.rpc.Refusals;
import dev.lookaside.v1.SubscribeRequest;
import dev.lookaside.wire.Durations;
import io.grpc.StatusException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * How often a subscriber is told of loads. Subscribers of one interval share their messages, so
 * there are few intervals: what is asked for is rounded down to one of them.
 */
final class LoadIntervals {
  private static final long[] MILLIS = {
    50, 100, 200, 300, 500, 1_000, 2_000, 3_000, 5_000, 10_000, 20_000, 30_000, 60_000
  };
  private static final Duration SHORTEST = Duration.ofMillis(MILLIS[0]);
  private static final Duration LONGEST = Duration.ofMillis(MILLIS[MILLIS.length - 1]);

  private LoadIntervals() {}

  /** Empty: never. */
  static Optional<Duration> of(SubscribeRequest request, Duration ownInterval)
      throws StatusException {
    if (!request.hasLoadInterval()) {
      return Optional.of(roundedDown(ownInterval));
    }
    var asked = request.getLoadInterval();
    Duration interval = Durations.read(asked, Durations.YEAR).orElseThrow(() -> refusal(asked));
    if (interval.isZero()) {
      return Optional.empty();
    }
    if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
      throw refusal(asked);
    }
    return Optional.of(roundedDown(interval));
  }

  private static Duration roundedDown(Duration interval) {
    long millis = interval.toMillis();
    return Duration.ofMillis(
        LongStream.of(MILLIS).filter(step -> step <= millis).max().orElse(MILLIS[0]));
  }

  private static StatusException refusal(com.google.protobuf.Duration asked) {
    return Refusals.invalid(
        "load_interval is " + Durations.text(asked) + " (expected: 0s, or 50ms to 60s)");
  }
}
