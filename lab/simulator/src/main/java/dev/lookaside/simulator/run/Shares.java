package dev.lookaside.simulator.run;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** How many requests each server got, by window of the measured part; every attempt counts. */
final class Shares {
  private final long fromNanos;
  private final long toNanos;
  private final double[][] windows;

  Shares(Duration from, Duration to, int servers) {
    this.fromNanos = from.toNanos();
    this.toNanos = to.toNanos();
    this.windows = new double[(int) ((toNanos - fromNanos - 1) / windowNanos()) + 1][servers];
  }

  void sent(int server, long nowNanos) {
    if (nowNanos >= fromNanos && nowNanos < toNanos) {
      windows[(int) ((nowNanos - fromNanos) / windowNanos())][server]++;
    }
  }

  Spread spread() {
    double[] all = new double[windows[0].length];
    for (double[] window : windows) {
      Arrays.setAll(all, i -> all[i] + window[i]);
    }
    int whole = (int) ((toNanos - fromNanos) / windowNanos());
    return new Spread(all, List.of(windows).subList(0, whole));
  }

  private static long windowNanos() {
    return Spread.WINDOW.toNanos();
  }
}
