package dev.lookaside.registry.store;

import io.etcd.jetcd.ByteSequence;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a change of operators' decisions asks of etcd: to read a key, and to write it if it still is
 * as it was read. Every call blocks for a bounded time.
 */
public interface ControlStore extends AutoCloseable {

  Optional<StoredKey> get(String key) throws EtcdFailure, InterruptedException;

  /**
   * Writes the key if it still is as it was seen.
   *
   * @param value empty: the key goes
   * @param expectedModRevision when the key was last written; 0 if it must not exist
   * @return the revision of the write, or empty if the key is not as expected
   */
  OptionalLong writeIf(String key, Optional<ByteSequence> value, long expectedModRevision)
      throws EtcdFailure, InterruptedException;

  @Override
  void close();
}
