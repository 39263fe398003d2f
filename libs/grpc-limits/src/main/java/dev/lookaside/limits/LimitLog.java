package dev.lookaside.limits;

import dev.lookaside.core.time.LineLimit;
import dev.lookaside.core.time.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one line for each limit in ten seconds, however often it is hit. */
public final class LimitLog implements LimitListener {
  private static final Logger log = LoggerFactory.getLogger(LimitLog.class);

  private final LineLimit lines;

  public LimitLog(Ticker ticker) {
    this.lines = new LineLimit(ticker);
  }

  @Override
  public void hit(Limit limit, String peer, String reason) {
    lines.write(limit.tag(), leftOut -> log.warn("{} was refused: {}{}", peer, reason, leftOut));
  }
}
