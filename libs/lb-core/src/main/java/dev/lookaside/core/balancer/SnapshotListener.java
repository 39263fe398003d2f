package dev.lookaside.core.balancer;

/**
 * Hears of every new state of every service, on the thread that brought the change: for one service
 * one at a time and in order. Picks do not wait for it, but the next change does.
 */
@FunctionalInterface
public interface SnapshotListener {

  /** Picks see {@code now} from before this call on. */
  void changed(ServiceSnapshot before, ServiceSnapshot now);

  /** Hears nothing. */
  static SnapshotListener none() {
    return (before, now) -> {};
  }
}
