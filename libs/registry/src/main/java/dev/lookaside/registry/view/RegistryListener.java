package dev.lookaside.registry.view;

/** Hears of each new view; called on the watch's own thread, never under a lock. */
@FunctionalInterface
public interface RegistryListener {

  /** The tables changed, or the view came into sync or fell out of it. */
  void updated(RegistryView view);

  /** The watch was rebuilt from a full read. */
  default void resynced(String reason) {}

  /** A new or changed key was skipped; it is logged already, at a bounded rate. */
  default void rejected(String key, String reason) {}

  /** A key that reads well was skipped for who wrote it; it is logged already. */
  default void disbelieved(String key, Disbelief.Cause cause, String reason) {}

  /**
   * The registry refuses who reads it, or no longer lets it; the watch keeps trying. An application
   * that was never in sync should stop with the message.
   */
  default void denied(String message) {}
}
