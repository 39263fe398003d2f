package dev.lookaside.lb.registry;

import dev.lookaside.core.time.Ticker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keys of the registry that were left out of late, and why; the newest of them. For any thread. */
public final class RejectedKeys {
  static final int MOST = 64;

  /** The registry is read anew every few seconds, but tells of a key only when it changes. */
  static final Duration REMEMBERED = Duration.ofMinutes(10);

  private record Rejection(String reason, long atNanos) {}

  private final Ticker ticker;
  private final Map<String, Rejection> rejections = new LinkedHashMap<>();

  public RejectedKeys(Ticker ticker) {
    this.ticker = ticker;
  }

  public synchronized void add(String key, String reason) {
    rejections.remove(key);
    if (rejections.size() >= MOST) {
      rejections.keySet().stream().findFirst().ifPresent(rejections::remove);
    }
    rejections.put(key, new Rejection(reason, ticker.nanos()));
  }

  /** Reasons by key. */
  public synchronized Map<String, String> latest() {
    long now = ticker.nanos();
    rejections.values().removeIf(old -> now - old.atNanos >= REMEMBERED.toNanos());
    Map<String, String> latest = new LinkedHashMap<>();
    rejections.forEach((key, rejection) -> latest.put(key, rejection.reason));
    return latest;
  }
}
