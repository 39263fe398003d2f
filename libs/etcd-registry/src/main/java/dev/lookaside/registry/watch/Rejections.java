package dev.lookaside.registry.watch;

import dev.lookaside.core.time.LineLimit;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.registry.OneLine;
import dev.lookaside.registry.view.Disbelief;
import dev.lookaside.registry.view.RegistryListener;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of keys that were skipped: each to the listener, and to the log at most one line per minute
 * and key. When more keys are bad than are told apart, the rest share one line per minute.
 */
final class Rejections {
  private static final Logger LOG = LoggerFactory.getLogger(Rejections.class);
  private static final Duration INTERVAL = Duration.ofMinutes(1);
  static final int MAX_KEYS = 20;

  private final RegistryListener listener;
  private final Consumer<String> log;
  private final LineLimit lines;

  Rejections(Ticker ticker, RegistryListener listener) {
    this(ticker, listener, LOG::warn);
  }

  /**
   * Rejections that are written elsewhere.
   *
   * @param log where the lines go; the log, outside tests
   */
  Rejections(Ticker ticker, RegistryListener listener, Consumer<String> log) {
    this.listener = listener;
    this.log = log;
    this.lines = new LineLimit(ticker, INTERVAL, MAX_KEYS);
  }

  /** The same for keys that read well: one line per minute and cause, whatever the keys. */
  void disbelieve(String rawKey, Disbelief.Cause cause, String reason) {
    String key = OneLine.of(rawKey);
    listener.disbelieved(key, cause, reason);
    lines.write(
        cause.name(),
        leftOut -> log.accept("not believing the key '" + key + "': " + reason + leftOut));
  }

  void add(String rawKey, String reason) {
    String key = OneLine.of(rawKey);
    listener.rejected(key, reason);
    lines.write(key, leftOut -> log.accept("skipping the key '" + key + "': " + reason + leftOut));
  }
}
