package dev.lookaside.registry.view;

import dev.lookaside.registry.loop.Guard;

/** A listener that cannot end or delay what it listens to by throwing. */
public record GuardedListener(RegistryListener listener, Guard guard) implements RegistryListener {

  @Override
  public void updated(RegistryView view) {
    guard.call("a listener's updated()", () -> listener.updated(view));
  }

  @Override
  public void resynced(String reason) {
    guard.call("a listener's resynced()", () -> listener.resynced(reason));
  }

  @Override
  public void rejected(String key, String reason) {
    guard.call("a listener's rejected()", () -> listener.rejected(key, reason));
  }

  @Override
  public void disbelieved(String key, Disbelief.Cause cause, String reason) {
    guard.call("a listener's disbelieved()", () -> listener.disbelieved(key, cause, reason));
  }

  @Override
  public void denied(String message) {
    guard.call("a listener's denied()", () -> listener.denied(message));
  }
}
