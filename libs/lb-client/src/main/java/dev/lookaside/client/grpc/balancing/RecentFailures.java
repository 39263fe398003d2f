package dev.lookaside.client.grpc.balancing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The endpoints at which a call has failed just now, so that the next attempt of a call that does
 * not remember its attempts goes elsewhere.
 *
 * <p>That attempt comes within milliseconds, so an endpoint that has just failed for anyone is the
 * one, or another to avoid.
 */
final class RecentFailures {
  private static final long RECENT_NANOS = Duration.ofSeconds(1).toNanos();

  /** More than these failing at once is no matter of where to go. */
  private static final int MOST = 64;

  private final ConcurrentMap<String, Long> failedAtNanos = new ConcurrentHashMap<>();

  // What picks read: nearly always empty.
  private volatile List<String> ids = List.of();

  void failed(String id, long nowNanos) {
    if ((failedAtNanos.size() < MOST || failedAtNanos.containsKey(id))
        && failedAtNanos.put(id, nowNanos) == null) {
      publish();
    }
  }

  /** At most 64, but for what several threads add at once. */
  List<String> ids() {
    return ids;
  }

  /** Forgets what is no longer recent. To be called now and then. */
  void sweep(long nowNanos) {
    if (!failedAtNanos.isEmpty()
        && failedAtNanos.values().removeIf(at -> nowNanos - at > RECENT_NANOS)) {
      publish();
    }
  }

  private synchronized void publish() {
    ids = List.copyOf(failedAtNanos.keySet());
  }
}
