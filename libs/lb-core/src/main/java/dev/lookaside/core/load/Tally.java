package dev.lookaside.core.load;

import dev.lookaside.core.witness.Words;

/**
 * How many requests ended at one endpoint, and how, that were not sent on a pick of ours: a client
 * that picks by itself tells them together.
 *
 * @param timed of how many the latency is known; at most {@code succeeded}
 * @param meanLatencyNanos of those; not negative
 * @param highLatencyNanos what the slowest of those took at least
 */
public record Tally(
    long succeeded,
    long failed,
    long refused,
    long timed,
    double meanLatencyNanos,
    double highLatencyNanos) {

  public Tally {
    if (succeeded < 0 || failed < 0 || refused < 0 || timed < 0 || timed > succeeded) {
      throw new IllegalArgumentException(
          "a tally has %d, %d and %d endings and %d latencies (expected: not negative)"
              .formatted(succeeded, failed, refused, timed));
    }
    if (!(meanLatencyNanos >= 0 && highLatencyNanos >= 0)) {
      throw new IllegalArgumentException(
          "a tally has latencies of %s and %s ns (expected: not negative)"
              .formatted(meanLatencyNanos, highLatencyNanos));
    }
  }

  /** What is known of the slowest: a bucket may begin below the mean of what is in it. */
  double longestNanos() {
    return Math.max(highLatencyNanos, meanLatencyNanos);
  }

  Words words() {
    return new Words(succeeded, failed, refused);
  }
}
