package dev.lookaside.core.balancer;

import java.util.List;

/**
 * Hears of every new state of every service, on the thread that brought the change: for one service
 * one at a time and in order. Picks do not wait for it, but the next change does.
 */
@FunctionalInterface
public interface SnapshotListener {

  /** Picks see {@code now} from before this call on. */
  void changed(ServiceSnapshot before, ServiceSnapshot now);

  /** Nothing more is to be kept of a service: it has had no endpoint for a while. */
  default void forgotten(String service) {}

  /** Hears nothing. */
  static SnapshotListener none() {
    return (before, now) -> {};
  }

  /** All of these in turn. One that throws keeps nothing from the others. */
  static SnapshotListener all(List<SnapshotListener> listeners) {
    return new EachListener(List.copyOf(listeners));
  }
}
