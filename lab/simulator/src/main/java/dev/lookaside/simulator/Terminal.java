package dev.lookaside.simulator;

import dev.lookaside.simulator.report.Progress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.DoubleAdder;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar, if there is a terminal to show it on; at the end, the speed of each strategy. */
final class Terminal implements Progress, AutoCloseable {

  /** What the runs of a strategy took. */
  private record Effort(long requests, long cpuNanos) {
    Effort plus(Effort other) {
      return new Effort(requests + other.requests, cpuNanos + other.cpuNanos);
    }
  }

  private final @Nullable ProgressBar bar;
  private final PrintWriter err;
  private final DoubleAdder simulated = new DoubleAdder();
  private final Map<String, Effort> efforts = new ConcurrentSkipListMap<>();

  private Terminal(@Nullable ProgressBar bar, PrintWriter err) {
    this.bar = bar;
    this.err = err;
  }

  // Null where there is no terminal: main() sees to that on JDK 22 and later too.
  @SuppressWarnings("SystemConsoleNull")
  static Terminal follow(double expectedRequests, PrintWriter err) {
    if (System.console() == null) {
      return new Terminal(null, err);
    }
    return new Terminal(
        new ProgressBarBuilder()
            .setTaskName("simulating")
            .setInitialMax(Math.round(expectedRequests))
            .setUnit("k", 1000)
            .setStyle(ProgressBarStyle.ASCII)
            .build(),
        err);
  }

  @Override
  public void advanced(double requests) {
    simulated.add(requests);
    if (bar != null) {
      bar.stepTo(Math.round(simulated.sum()));
    }
  }

  @Override
  public void ran(String strategy, long requests, long cpuNanos) {
    efforts.merge(strategy, new Effort(requests, cpuNanos), Effort::plus);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
    efforts.forEach((strategy, effort) ->
        err.printf(
            Locale.ROOT,
            "%s: %,d requests, %,.0f a second of processor time%n",
            strategy,
            effort.requests(),
            effort.requests() / (effort.cpuNanos() / 1e9)));
    err.flush();
  }
}
