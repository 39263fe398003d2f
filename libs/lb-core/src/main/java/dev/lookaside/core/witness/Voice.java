package dev.lookaside.core.witness;

/** What one reporter has said of one endpoint. Guarded by its {@link Voices}. */
final class Voice {
  private static final int MANY = 1_000_000;

  /** In about so many latencies, the highest fades if none of them comes near it. */
  private static final double LATENCIES = 64;

  private final Reporter reporter;
  private final Origin origin;
  private final Sums sums = new Sums();
  private int errorsInARow;
  private long heardAtNanos;
  private double highestNanos;

  Voice(Reporter reporter, Origin origin) {
    this.reporter = reporter;
    this.origin = origin;
  }

  void add(Words words, double believed, long nowNanos) {
    sums.add(words, believed);
    heardAtNanos = nowNanos;
    errorsInARow = words.areAllErrors() ? (int) Math.min(MANY, errorsInARow + words.failed()) : 0;
  }

  /** Notes a latency as it was said, be it believed or not. */
  void took(double nanos) {
    highestNanos = Math.max(nanos, highestNanos + (nanos - highestNanos) / LATENCIES);
  }

  void fade(double left) {
    sums.fade(left);
  }

  void forgetCalls() {
    errorsInARow = 0;
    sums.clear();
  }

  Reporter reporter() {
    return reporter;
  }

  Origin origin() {
    return origin;
  }

  Sums sums() {
    return sums;
  }

  int errorsInARow() {
    return errorsInARow;
  }

  long heardAtNanos() {
    return heardAtNanos;
  }

  double highestNanos() {
    return highestNanos;
  }
}
