package dev.lookaside.lb.subscribe;

import com.google.protobuf.util.Durations;
import dev.lookaside.lb.rpc.Refusals;
import dev.lookaside.v1.SubscribeRequest;
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
    if (!Durations.isValid(asked)) {
      throw refusal(asked.getSeconds() + "s " + asked.getNanos() + "ns");
    }
    Duration interval = Duration.ofSeconds(asked.getSeconds(), asked.getNanos());
    if (interval.isZero()) {
      return Optional.empty();
    }
    if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
      throw refusal(Durations.toString(asked));
    }
    return Optional.of(roundedDown(interval));
  }

  private static Duration roundedDown(Duration interval) {
    long millis = interval.toMillis();
    return Duration.ofMillis(
        LongStream.of(MILLIS).filter(step -> step <= millis).max().orElse(MILLIS[0]));
  }

  private static StatusException refusal(String asked) {
    return Refusals.invalid("load_interval is " + asked + " (expected: 0s, or 50ms to 60s)");
  }
}
