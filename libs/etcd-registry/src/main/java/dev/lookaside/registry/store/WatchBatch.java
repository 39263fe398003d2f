package dev.lookaside.registry.store;

import java.util.List;

/**
 * One message of a watch; without events it is a sign of life.
 *
 * @param revision the store's revision when the member sent it
 */
public record WatchBatch(long clusterId, long revision, List<Event> events) {

  /** One change of one key. */
  public sealed interface Event {
    long modRevision();

    String key();
  }

  public record Put(StoredKey stored) implements Event {
    @Override
    public long modRevision() {
      return stored.modRevision();
    }

    @Override
    public String key() {
      return stored.key();
    }
  }

  public record Delete(String key, long modRevision) implements Event {}
}
