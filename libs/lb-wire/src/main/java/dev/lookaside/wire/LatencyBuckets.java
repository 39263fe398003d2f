package dev.lookaside.wire;

/**
 * The buckets of {@code LatencyHistogram}: bucket n counts latencies from 2^(n/4) µs to below
 * 2^((n+1)/4) µs, and bucket 0 those below as well.
 *
 * <p>Read off the bits of a floating-point number, because a logarithm for each call would cost as
 * much as all other counting.
 */
public final class LatencyBuckets {
  private static final int PER_DOUBLING = 4;

  /** Up to 2^40 µs, which is twelve days; the last bucket takes what is longer. */
  public static final int COUNT = 40 * PER_DOUBLING;

  private static final double NANOS_PER_MICRO = 1e3;
  private static final double QUARTER = Math.pow(2, 0.25);
  private static final double HALF = Math.sqrt(2);
  private static final double THREE_QUARTERS = Math.pow(2, 0.75);
  private static final long FRACTION = (1L << 52) - 1;
  private static final long ONE = Double.doubleToRawLongBits(1);

  private LatencyBuckets() {}

  public static int of(long nanos) {
    double micros = nanos / NANOS_PER_MICRO;
    if (!(micros >= 1)) {
      return 0;
    }
    long bits = Double.doubleToRawLongBits(micros);
    double betweenOneAndTwo = Double.longBitsToDouble((bits & FRACTION) | ONE);
    int bucket = Math.getExponent(micros) * PER_DOUBLING + quarter(betweenOneAndTwo);
    return Math.min(bucket, COUNT - 1);
  }

  /** What the latencies of a bucket are at least. */
  public static double lowerBoundNanos(int bucket) {
    return bucket == 0 ? 0 : NANOS_PER_MICRO * Math.pow(2, (double) bucket / PER_DOUBLING);
  }

  /** What the latencies of a bucket are below; of the last one, so is what is longer. */
  public static double upperBoundNanos(int bucket) {
    return lowerBoundNanos(bucket + 1);
  }

  private static int quarter(double betweenOneAndTwo) {
    if (betweenOneAndTwo < HALF) {
      return betweenOneAndTwo < QUARTER ? 0 : 1;
    }
    return betweenOneAndTwo < THREE_QUARTERS ? 2 : 3;
  }
}
