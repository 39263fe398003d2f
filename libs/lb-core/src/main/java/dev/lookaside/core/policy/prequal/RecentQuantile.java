package dev.lookaside.core.policy.prequal;

import java.util.Arrays;

/** A quantile of the last values that were added. For one thread at a time; allocates nothing. */
final class RecentQuantile {
  private final double quantile;
  private final double[] inOrderOfTime;
  private final double[] sorted;
  private int size;
  private int oldest;

  RecentQuantile(double quantile, int window) {
    this.quantile = quantile;
    this.inOrderOfTime = new double[window];
    this.sorted = new double[window];
  }

  void add(double value) {
    if (size == sorted.length) {
      remove(inOrderOfTime[oldest]);
    }
    insert(value);
    inOrderOfTime[oldest] = value;
    oldest = (oldest + 1) % sorted.length;
  }

  RecentQuantile copy() {
    RecentQuantile copy = new RecentQuantile(quantile, sorted.length);
    System.arraycopy(inOrderOfTime, 0, copy.inOrderOfTime, 0, sorted.length);
    System.arraycopy(sorted, 0, copy.sorted, 0, sorted.length);
    copy.size = size;
    copy.oldest = oldest;
    return copy;
  }

  /** Forgets all values but this one. */
  void restart(double value) {
    size = 0;
    oldest = 0;
    add(value);
  }

  /** The least of the values that at least this share of them does not exceed; 0 without any. */
  double value() {
    return size == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(quantile * size) - 1)];
  }

  private void insert(double value) {
    int found = Arrays.binarySearch(sorted, 0, size, value);
    int at = found >= 0 ? found : -found - 1;
    System.arraycopy(sorted, at, sorted, at + 1, size - at);
    sorted[at] = value;
    size++;
  }

  private void remove(double value) {
    int at = Arrays.binarySearch(sorted, 0, size, value);
    size--;
    System.arraycopy(sorted, at + 1, sorted, at, size - at);
  }
}
