package dev.lookaside.lb.config;

/** Where registrations are kept. */
public enum RegistryKind {
  /** In the etcd cluster at {@code etcd.endpoints}. */
  ETCD,
  /** In this process, for one machine: workers point {@code etcd.endpoints} at it. */
  EMBEDDED,
  /** In Kubernetes: endpoints are those of Services that have a label, nothing registers. */
  KUBERNETES
}
