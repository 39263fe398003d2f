package dev.lookaside.etcd.embedded.wire;

import dev.lookaside.etcd.embedded.store.Change;
import dev.lookaside.etcd.embedded.store.Entry;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.KeyValue;

/** Entries and changes as etcd's messages. */
public final class Messages {

  private Messages() {}

  public static KeyValue keyValue(Entry entry) {
    return keyOnly(entry).toBuilder().setValue(entry.value()).build();
  }

  public static KeyValue keyOnly(Entry entry) {
    return KeyValue.newBuilder()
        .setKey(entry.key())
        .setCreateRevision(entry.createRevision())
        .setModRevision(entry.modRevision())
        .setVersion(entry.version())
        .setLease(entry.lease())
        .build();
  }

  /** Without the entry before. */
  public static Event event(Change change) {
    if (change instanceof Change.Put put) {
      return Event.newBuilder().setType(Event.EventType.PUT).setKv(keyValue(put.after())).build();
    }
    Change.Deleted deleted = (Change.Deleted) change;
    return Event.newBuilder()
        .setType(Event.EventType.DELETE)
        .setKv(KeyValue.newBuilder().setKey(deleted.key()).setModRevision(deleted.revision()))
        .build();
  }

  public static Event eventWithPrevious(Change change) {
    Entry previous = change.previous();
    return previous == null
        ? event(change)
        : event(change).toBuilder().setPrevKv(keyValue(previous)).build();
  }
}
