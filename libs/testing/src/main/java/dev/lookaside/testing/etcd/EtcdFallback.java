package dev.lookaside.testing.etcd;

/**
 * The etcd of machines that have none, found as a service on the class path of a test. This module
 * knows no other module of the project, so that every one may use it; the fallback comes from
 * outside.
 */
@FunctionalInterface
public interface EtcdFallback {

  /** Returns once it serves. */
  EtcdServer start();
}
