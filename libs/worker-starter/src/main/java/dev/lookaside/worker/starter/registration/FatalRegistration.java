package dev.lookaside.worker.starter.registration;

/**
 * Hears why this worker can never register: another one that is alive has its id, or etcd denies
 * it. By default the process ends, with one line; declare a bean of this type to decide otherwise.
 */
@FunctionalInterface
public interface FatalRegistration {

  /** Must not block. May be called more than once. */
  void because(String message);
}
