package dev.lookaside.registry;

/** Hears of each new view; called on the watch's own thread, never under a lock. */
@FunctionalInterface
public interface RegistryListener {

  /** The tables changed, or the view came into sync or fell out of it. */
  void updated(RegistryView view);

  /** The watch was rebuilt from a full read. */
  default void resynced(String reason) {}

  /** A key was skipped; called at each sight of it, so count but do not log here. */
  default void rejected(String key, String reason) {}
}
