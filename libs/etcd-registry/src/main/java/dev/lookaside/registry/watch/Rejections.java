package dev.lookaside.registry.watch;

import dev.lookaside.core.time.Ticker;
import dev.lookaside.registry.OneLine;
import dev.lookaside.registry.loop.LineLimit;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of keys that were skipped: each to the listener, and to the log at most one line per minute
 * and key. When more keys are bad than are remembered, the rest share one line per minute.
 */
final class Rejections {
  private static final Logger LOG = LoggerFactory.getLogger(Rejections.class);
  private static final Duration INTERVAL = Duration.ofMinutes(1);
  static final int MAX_KEYS = 1_000;

  /** Where the lines go; the log, outside tests. */
  interface Lines {
    void write(String line);
  }

  private final Ticker ticker;
  private final RegistryListener listener;
  private final Lines lines;
  private final Map<String, Long> loggedNanos = new LinkedHashMap<>();
  private final LineLimit restLines;
  private long unnamed;

  Rejections(Ticker ticker, RegistryListener listener) {
    this(ticker, listener, LOG::warn);
  }

  Rejections(Ticker ticker, RegistryListener listener, Lines lines) {
    this.ticker = ticker;
    this.listener = listener;
    this.lines = lines;
    this.restLines = new LineLimit(ticker, INTERVAL);
  }

  void add(String rawKey, String reason) {
    String key = OneLine.of(rawKey);
    listener.rejected(key, reason);
    forgetOld();
    if (loggedNanos.containsKey(key)) {
      return;
    }
    if (loggedNanos.size() < MAX_KEYS) {
      loggedNanos.put(key, ticker.nanos());
      lines.write("skipping the key '" + key + "': " + reason);
      return;
    }
    unnamed++;
    if (restLines.permits()) {
      lines.write("skipping " + unnamed + " more keys, the last '" + key + "': " + reason);
      unnamed = 0;
    }
  }

  /** The oldest lines come first in the map. */
  private void forgetOld() {
    long now = ticker.nanos();
    var oldest = loggedNanos.values().iterator();
    while (oldest.hasNext() && now - oldest.next() >= INTERVAL.toNanos()) {
      oldest.remove();
    }
  }
}
