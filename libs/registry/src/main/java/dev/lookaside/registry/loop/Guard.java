package dev.lookaside.registry.loop;

import dev.lookaside.core.time.LineLimit;
import dev.lookaside.core.time.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls code that is not ours: what it throws ends that call and nothing else. */
public final class Guard {
  private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

  private final LineLimit lines;

  public Guard(Ticker ticker) {
    this.lines = new LineLimit(ticker);
  }

  /** An error counts too: a class that is missing in a listener must not end the loop. */
  public void call(String what, Runnable code) {
    try {
      code.run();
    } catch (RuntimeException | Error e) {
      lines.write(what, leftOut -> LOG.error("{} failed, going on{}", what, leftOut, e));
    }
  }
}
