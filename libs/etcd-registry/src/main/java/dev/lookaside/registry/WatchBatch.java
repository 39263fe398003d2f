package dev.lookaside.registry;

import java.util.List;

/**
 * One message of a watch; without events it is a sign of life.
 *
 * @param revision the store's revision when the member sent it
 */
record WatchBatch(long clusterId, long revision, List<Event> events) {

  /** One change of one key. */
  sealed interface Event {
    long modRevision();

    String key();
  }

  record Put(StoredKey stored) implements Event {
    @Override
    public long modRevision() {
      return stored.modRevision();
    }

    @Override
    public String key() {
      return stored.key();
    }
  }

  record Delete(String key, long modRevision) implements Event {}
}
