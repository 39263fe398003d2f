package dev.lookaside.etcd.embedded.store;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Work on the keys that becomes one revision, or nothing at all. It sees its own writes; an {@link
 * EtcdException} out of any method undoes them. Valid only inside {@link Store#apply}.
 */
public final class Transaction {
  private final Keys keys;
  private final History history;
  private final Map<Long, Lease> leases;
  private final List<Change> changes = new ArrayList<>();

  Transaction(Keys keys, History history, Map<Long, Lease> leases) {
    this.keys = keys;
    this.history = history;
    this.leases = leases;
  }

  /** The revision of the store, counting this transaction if it has changed anything. */
  public long revision() {
    return history.revision() + (changes.isEmpty() ? 0 : 1);
  }

  public Optional<Entry> get(ByteString key) {
    return Optional.ofNullable(keys.get(key));
  }

  /** The present keys of a range: a view, to be read before anything is written. */
  public NavigableMap<ByteString, Entry> range(KeyRange range) {
    return range.in(keys.view());
  }

  /** The keys of a range as they were at a past revision. */
  public NavigableMap<ByteString, Entry> rangeAt(KeyRange range, long revision) {
    if (revision == revision()) {
      return range(range);
    }
    history.requireReadable(revision);
    NavigableMap<ByteString, Entry> past = new TreeMap<>(KeyRange.ORDER);
    past.putAll(range(range));
    History.undo(past, range, changes);
    history.rewind(past, range, revision);
    return past;
  }

  /** Returns the entry before. */
  public Optional<Entry> put(ByteString key, ByteString value, long leaseId) {
    if (leaseId != Entry.NO_LEASE && !leases.containsKey(leaseId)) {
      throw EtcdError.LEASE_NOT_FOUND.exception();
    }
    Entry before = keys.get(key);
    long revision = history.revision() + 1;
    Entry after =
        before == null
            ? new Entry(key, value, revision, revision, 1, leaseId)
            : new Entry(
                key, value, before.createRevision(), revision, before.version() + 1, leaseId);
    keys.requireSpaceFor(after);
    replace(key, before, after);
    changes.add(new Change.Put(after, before));
    return Optional.ofNullable(before);
  }

  /** Returns the entries that are gone. */
  public List<Entry> delete(KeyRange range) {
    List<Entry> gone = List.copyOf(range(range).values());
    for (Entry entry : gone) {
      replace(entry.key(), entry, null);
      changes.add(new Change.Deleted(entry, history.revision() + 1));
    }
    return gone;
  }

  public void compact(long upTo) {
    history.compact(upTo);
  }

  private void replace(ByteString key, @Nullable Entry before, @Nullable Entry after) {
    keys.replace(key, before, after);
    Lease left = before == null ? null : leases.get(before.lease());
    if (left != null) {
      left.detach(key);
    }
    Lease joined = after == null ? null : leases.get(after.lease());
    if (joined != null) {
      joined.attach(key);
    }
  }

  /** Returns whether there is a new revision. */
  boolean commit() {
    if (changes.isEmpty()) {
      return false;
    }
    history.append(new Commit(history.revision() + 1, List.copyOf(changes)));
    return true;
  }

  void undo() {
    for (int i = changes.size() - 1; i >= 0; i--) {
      Change change = changes.get(i);
      replace(change.key(), change.after(), change.previous());
    }
    changes.clear();
  }
}
