package dev.lookaside.client.grpc.balancing;

import dev.lookaside.core.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The endpoints at which a call has failed just now, so that its next attempt goes elsewhere.
 *
 * <p>gRPC does not tell a picker where the attempt before went. But it comes within milliseconds,
 * so an endpoint that has just failed for anyone is the one, or another to avoid.
 */
final class RecentFailures {
  private static final long RECENT_NANOS = Duration.ofSeconds(1).toNanos();

  /** More than these failing at once is no matter of where to go. */
  private static final int MOST = 64;

  private final Ticker ticker;
  private final ConcurrentMap<String, Long> failedAtNanos = new ConcurrentHashMap<>();

  // What picks read: nearly always empty.
  private volatile List<String> ids = List.of();

  RecentFailures(Ticker ticker) {
    this.ticker = ticker;
  }

  void failed(String id) {
    if (failedAtNanos.size() < MOST && failedAtNanos.put(id, ticker.nanos()) == null) {
      publish();
    }
  }

  /** At most 64. */
  List<String> ids() {
    return ids;
  }

  /** Forgets what is no longer recent. To be called now and then. */
  void sweep() {
    if (failedAtNanos.isEmpty()) {
      return;
    }
    long now = ticker.nanos();
    if (failedAtNanos.values().removeIf(at -> now - at > RECENT_NANOS)) {
      publish();
    }
  }

  private synchronized void publish() {
    ids = List.copyOf(failedAtNanos.keySet());
  }
}
