package dev.lookaside.registry.store;

import io.etcd.jetcd.ByteSequence;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a registrar asks of etcd. Every call blocks for a bounded time and, when it fails, leaves
 * the store connected to another member.
 */
public interface LeaseStore extends AutoCloseable {

  /** The new lease. */
  long grant(Duration ttl) throws EtcdFailure, InterruptedException;

  /** Renews the lease once; {@link EtcdFailure.Kind#LEASE_NOT_FOUND} if it is gone. */
  void keepAlive(long lease) throws EtcdFailure, InterruptedException;

  Optional<StoredKey> get(String key) throws EtcdFailure, InterruptedException;

  /**
   * Puts the key if it still is as it was seen.
   *
   * @param expectedModRevision when the key was last written; 0 if it must not exist
   * @return the revision of the put, or empty if the key is not as expected
   */
  OptionalLong putIf(PutRequest request, long expectedModRevision)
      throws EtcdFailure, InterruptedException;

  /** How long a lease still has. */
  LeaseLife life(long lease) throws EtcdFailure, InterruptedException;

  /** Ends the lease and deletes its keys; waits for at most {@code bound}. */
  void revoke(long lease, Duration bound) throws EtcdFailure, InterruptedException;

  @Override
  void close();

  /** A value to put under a lease. */
  record PutRequest(String key, ByteSequence value, long lease) {}

  /**
   * What is left of a lease.
   *
   * @param remaining until the lease ends, in whole seconds, rounded down; empty if it is gone
   * @param term of the leader that said so: a new leader extends every lease
   */
  record LeaseLife(Optional<Duration> remaining, long term) {}
}
