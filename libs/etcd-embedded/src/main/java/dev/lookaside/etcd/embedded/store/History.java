package dev.lookaside.etcd.embedded.store;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The commits since the last compaction. The past of the keys is not stored a second time: a read
 * at an old revision takes the present and undoes what came since. Not thread-safe.
 */
final class History {
  private static final int BATCH_CHANGES = 1_000;
  private static final long BATCH_BYTES = 1 << 20;

  /** What an empty etcd starts with. */
  private static final long FIRST_REVISION = 1;

  private final Limits limits;
  private final NavigableMap<Long, Commit> commits = new TreeMap<>();
  private long revision = FIRST_REVISION;
  private long compactRevision;
  private long bytes;

  History(Limits limits) {
    this.limits = limits;
  }

  long revision() {
    return revision;
  }

  long bytes() {
    return bytes;
  }

  void append(Commit commit) {
    commits.put(commit.revision(), commit);
    revision = commit.revision();
    bytes += commit.bytes();
    long oldestToKeep = revision - limits.revisions();
    // the newest stays whatever its size: somebody has yet to see it
    while (commits.size() > 1
        && (commits.firstKey() < oldestToKeep || bytes > limits.historyBytes())) {
      dropBelow(commits.higherKey(commits.firstKey()));
    }
  }

  void compact(long upTo) {
    if (upTo <= compactRevision) {
      throw EtcdError.COMPACTED.exception();
    }
    requireNotFuture(upTo);
    dropBelow(upTo);
  }

  /** The commit of {@code upTo} itself stays: etcd still lets a watch start there. */
  private void dropBelow(long upTo) {
    NavigableMap<Long, Commit> old = commits.headMap(upTo, false);
    old.values().forEach(commit -> bytes -= commit.bytes());
    old.clear();
    compactRevision = upTo;
  }

  void requireReadable(long at) {
    requireNotFuture(at);
    if (at < compactRevision) {
      throw EtcdError.COMPACTED.exception();
    }
  }

  private void requireNotFuture(long at) {
    if (at > revision) {
      throw EtcdError.FUTURE_REVISION.exception();
    }
  }

  /** Takes a copy of the present back to how it was at a revision. */
  void rewind(NavigableMap<ByteString, Entry> present, KeyRange range, long to) {
    for (Commit commit : commits.tailMap(to, false).descendingMap().values()) {
      undo(present, range, commit.changes());
    }
  }

  static void undo(NavigableMap<ByteString, Entry> map, KeyRange range, List<Change> changes) {
    for (int i = changes.size() - 1; i >= 0; i--) {
      Change change = changes.get(i);
      if (range.contains(change.key())) {
        Entry previous = change.previous();
        if (previous == null) {
          map.remove(change.key());
        } else {
          map.put(change.key(), previous);
        }
      }
    }
  }

  Replay replay(KeyRange range, long from) {
    if (from < compactRevision) {
      return new Replay.Compacted(compactRevision);
    }
    List<Change> changes = new ArrayList<>();
    long size = 0;
    for (Commit commit : commits.tailMap(from, true).values()) {
      for (Change change : commit.changes()) {
        if (range.contains(change.key())) {
          changes.add(change);
          size += change.bytes();
        }
      }
      if (changes.size() >= BATCH_CHANGES || size >= BATCH_BYTES) {
        return new Replay.Changes(changes, commit.revision() + 1);
      }
    }
    return new Replay.Changes(changes, Math.max(from, revision + 1));
  }
}
