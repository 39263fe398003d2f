package dev.lookaside.client.cli;

import dev.lookaside.client.load.LoadPlan;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** How far a load is, on one line of a terminal; nothing where there is none. */
final class ProgressLine implements AutoCloseable {

  /** What is over sooner needs no progress. */
  private static final int UPDATE_MILLIS = 500;

  private final @Nullable ProgressBar bar;

  private ProgressLine(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  static ProgressLine of(LoadPlan plan) {
    return new ProgressLine(Terminal.isThere() ? bar(plan) : null);
  }

  private static ProgressBar bar(LoadPlan plan) {
    return new ProgressBarBuilder()
        .setTaskName("tasks")
        .setInitialMax(expected(plan))
        .setUpdateIntervalMillis(UPDATE_MILLIS)
        .showSpeed()
        .setConsumer(new ConsoleProgressBarConsumer(System.err))
        .build();
  }

  /** How many tasks there will be, or -1 if nobody knows. */
  static long expected(LoadPlan plan) {
    long most = plan.requests().orElse(Long.MAX_VALUE);
    if (plan.sending().isPresent() && plan.rate().isPresent()) {
      Duration duration = plan.sending().get();
      most = Math.min(most, (long) Math.ceil(plan.rate().getAsDouble() * duration.toNanos() / 1e9));
    }
    return most == Long.MAX_VALUE ? -1 : most;
  }

  void step() {
    if (bar != null) {
      bar.step();
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
