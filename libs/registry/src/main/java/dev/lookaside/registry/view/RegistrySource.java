package dev.lookaside.registry.view;

/**
 * Where endpoints come from: etcd, or what Kubernetes knows of its services. It keeps a view, tells
 * its listener of each new one, and keeps the last good one, as stale, while it reads nothing.
 */
public interface RegistrySource extends AutoCloseable {

  /** What it is called in messages; the same in all balancers that read the same registry. */
  String name();

  /** Returns at once; the registry need not be there yet. */
  void start();

  /** The last view, at once and from any thread. */
  RegistryView view();

  /** Ends the watch; the last view stays, as stale. Idempotent. */
  @Override
  void close();
}
