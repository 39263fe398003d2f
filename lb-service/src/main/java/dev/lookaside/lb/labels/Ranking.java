package dev.lookaside.lb.labels;

import dev.lookaside.core.concurrent.DaemonThreads;
import dev.lookaside.core.time.LineLimit;
import dev.lookaside.core.time.Ticker;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ranks endpoints now and then, so that those that matter have series of their own. */
public final class Ranking implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Ranking.class);

  /** A series that lives for less is no series. */
  static final Duration INTERVAL = Duration.ofMinutes(1);

  private final EndpointLabels labels;
  private final LineLimit lines;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(new DaemonThreads("lookaside-labels"));

  public Ranking(EndpointLabels labels, Ticker ticker) {
    this.labels = labels;
    this.lines = new LineLimit(ticker);
  }

  public void start() {
    var unused =
        thread.scheduleWithFixedDelay(
            this::rank, INTERVAL.toNanos(), INTERVAL.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void rank() {
    try {
      labels.rank();
    } catch (RuntimeException e) {
      lines.write("rank", leftOut -> log.error("endpoints could not be ranked{}", leftOut, e));
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
