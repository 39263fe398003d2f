package dev.lookaside.etcd.embedded.store;

import com.google.protobuf.ByteString;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The present keys and what they take. Not thread-safe. */
final class Keys {
  private final NavigableMap<ByteString, Entry> entries = new TreeMap<>(KeyRange.ORDER);
  private final long limitBytes;
  private long bytes;

  Keys(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  long bytes() {
    return bytes;
  }

  @Nullable Entry get(ByteString key) {
    return entries.get(key);
  }

  NavigableMap<ByteString, Entry> view() {
    return Collections.unmodifiableNavigableMap(entries);
  }

  void requireSpaceFor(Entry entry) {
    if (bytes + entry.bytes() > limitBytes) {
      throw EtcdError.NO_SPACE.exception();
    }
  }

  void replace(ByteString key, @Nullable Entry before, @Nullable Entry after) {
    if (before != null) {
      bytes -= before.bytes();
    }
    if (after == null) {
      entries.remove(key);
    } else {
      entries.put(key, after);
      bytes += after.bytes();
    }
  }
}
