package dev.lookaside.registry.store;

import java.util.List;
import java.util.function.Consumer;

/**
 * What a watch asks of etcd. Reading blocks for a bounded time and, when it fails, leaves the store
 * connected to another member.
 */
public interface PrefixStore extends AutoCloseable {

  /**
   * Reads everything under the prefix at one revision, linearizably. What was read is handed over
   * page by page, and is not kept: there may be more of it than the heap has room for.
   *
   * @param page takes the keys that were read; when reading fails later, these stay true
   */
  Range range(String prefix, Consumer<List<StoredKey>> page)
      throws EtcdFailure, InterruptedException;

  /** Opens a watch; {@code sink} is called on threads of the client. */
  Following follow(String prefix, long fromRevision, WatchSink sink)
      throws EtcdFailure, InterruptedException;

  /** Says that the connection in use is no good: the next call goes to another member. */
  void leaveMember(String reason);

  @Override
  void close();

  /** Of what everything was read. */
  record Range(long clusterId, long revision) {}

  /** An open watch. */
  interface Following extends AutoCloseable {
    /** Asks for a sign of life, which comes to the sink as a batch without events. */
    void requestProgress();

    /** The sink hears nothing that happens after this. Idempotent. */
    @Override
    void close();
  }

  /** Where the client hands over what it hears; implementations only enqueue. */
  interface WatchSink {
    void heard(WatchBatch batch);

    void ended(String reason);
  }
}
