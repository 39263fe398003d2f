package dev.lookaside.registry.registrar;

import dev.lookaside.registry.loop.Guard;

/** A listener that cannot end or delay what it listens to by throwing. */
record GuardedListener(RegistrarListener listener, Guard guard) implements RegistrarListener {

  @Override
  public void registered(long leaseId) {
    guard.call("a listener's registered()", () -> listener.registered(leaseId));
  }

  @Override
  public void renewed() {
    guard.call("a listener's renewed()", listener::renewed);
  }

  @Override
  public void lost(String reason) {
    guard.call("a listener's lost()", () -> listener.lost(reason));
  }

  @Override
  public void conflict(String message) {
    guard.call("a listener's conflict()", () -> listener.conflict(message));
  }

  @Override
  public void denied(String message) {
    guard.call("a listener's denied()", () -> listener.denied(message));
  }
}
