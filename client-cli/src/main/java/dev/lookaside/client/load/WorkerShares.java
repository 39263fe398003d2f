package dev.lookaside.client.load;

import dev.lookaside.client.load.Fairness.Window;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * Counts each worker's calls, over the run and for each window of {@value Fairness#WINDOW_SECONDS}
 * s. A call belongs to the window in which its task was to start. Not thread-safe.
 */
final class WorkerShares {
  /** More than a day of windows; what comes later counts in the total only. */
  static final int MOST_WINDOWS = 20_000;

  private static final class Calls {
    private long total;
    private long[] byWindow = new long[16];

    long in(int window) {
      return window < byWindow.length ? byWindow[window] : 0;
    }
  }

  private final Map<String, Calls> workers = new LinkedHashMap<>();

  /**
   * @param sinceNanos when the task was to start, counted from the end of the warm-up
   */
  void count(String worker, long sinceNanos) {
    Calls calls = workers.computeIfAbsent(worker, id -> new Calls());
    calls.total++;
    long window = sinceNanos / TimeUnit.SECONDS.toNanos(Fairness.WINDOW_SECONDS);
    if (window < MOST_WINDOWS) {
      int index = (int) window;
      if (index >= calls.byWindow.length) {
        calls.byWindow = Arrays.copyOf(calls.byWindow, Math.max(index + 1, 2 * index));
      }
      calls.byWindow[index]++;
    }
  }

  /**
   * @param sendingNanos how long tasks were sent; a window that was not over by then does not count
   */
  Fairness fairness(long sendingNanos) {
    long whole =
        Math.min(MOST_WINDOWS, sendingNanos / TimeUnit.SECONDS.toNanos(Fairness.WINDOW_SECONDS));
    return Fairness.of(
        workers.values().stream().mapToLong(calls -> calls.total).toArray(), worst((int) whole));
  }

  private Optional<Window> worst(int windows) {
    Optional<Window> worst = Optional.empty();
    for (int i = 0; i < windows; i++) {
      double ratio = Fairness.busiestOverMean(callsIn(i).toArray());
      if (ratio > worst.map(Window::busiestOverMean).orElse(0.0)) {
        worst = Optional.of(new Window((long) i * Fairness.WINDOW_SECONDS, ratio));
      }
    }
    return worst;
  }

  private LongStream callsIn(int window) {
    return workers.values().stream().mapToLong(calls -> calls.in(window));
  }
}
