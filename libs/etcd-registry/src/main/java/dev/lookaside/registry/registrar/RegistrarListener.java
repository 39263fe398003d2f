package dev.lookaside.registry.registrar;

/**
 * Hears what becomes of a registration; called on the registrar's own thread, never under a lock.
 */
public interface RegistrarListener {

  /** The key is in etcd, under this lease. */
  default void registered(long leaseId) {}

  /** The lease was renewed. */
  default void renewed() {}

  /** The lease or the key was gone; the registrar puts it back by itself. */
  default void lost(String reason) {}

  /**
   * Another live process holds this id: the registrar has stopped, and the application should too.
   *
   * @param message says who holds what, beginning with ALREADY_EXISTS
   */
  default void conflict(String message) {}

  /**
   * etcd refuses the user or its password, or may no longer be used by it; the registrar keeps
   * trying. An application that was never registered should stop with the message.
   */
  default void denied(String message) {}

  /** Hears nothing. */
  static RegistrarListener none() {
    return new RegistrarListener() {};
  }
}
