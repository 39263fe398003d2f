package dev.lookaside.lb.pick;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The latest decisions, and their log.
 *
 * <p>Adding one takes a slot of a ring. With the log on, its appender drops lines rather than wait;
 * with the log off, it costs one comparison.
 */
public final class Decisions {
  public static final String LOGGER = "lookaside.decisions";
  private static final Logger log = LoggerFactory.getLogger(LOGGER);

  private final AtomicReferenceArray<Decision> ring;
  private final AtomicLong next = new AtomicLong();

  public Decisions(int remembered) {
    this.ring = new AtomicReferenceArray<>(remembered);
  }

  public void add(Decision decision) {
    ring.setRelease((int) (next.getAndIncrement() % ring.length()), decision);
    if (log.isInfoEnabled()) {
      log.info("{}", decision);
    }
  }

  /** What is remembered, the newest first. */
  public List<Decision> latest() {
    List<Decision> latest = new ArrayList<>();
    long end = next.get();
    for (long i = end - 1; i >= Math.max(0, end - ring.length()); i--) {
      Decision decision = ring.getAcquire((int) (i % ring.length()));
      if (decision != null) {
        latest.add(decision);
      }
    }
    return latest;
  }
}
