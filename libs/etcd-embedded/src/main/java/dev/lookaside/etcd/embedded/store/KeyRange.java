package dev.lookaside.etcd.embedded.store;

import com.google.protobuf.ByteString;
import java.util.Collections;
import java.util.Comparator;
import java.util.NavigableMap;

/**
 * Which keys a request means, in etcd's encoding.
 *
 * @param end empty for {@code start} alone, one zero byte for every key from {@code start} on, else
 *     the first key that is not in the range any more
 */
public record KeyRange(ByteString start, ByteString end) {
  /** The order of keys: by unsigned bytes. */
  public static final Comparator<ByteString> ORDER = ByteString.unsignedLexicographicalComparator();

  private static final ByteString ZERO = ByteString.copyFrom(new byte[1]);

  public static KeyRange only(ByteString key) {
    return new KeyRange(key, ByteString.EMPTY);
  }

  public boolean contains(ByteString key) {
    if (end.isEmpty()) {
      return key.equals(start);
    }
    return ORDER.compare(start, key) <= 0 && (isOpen() || ORDER.compare(key, end) < 0);
  }

  private boolean isOpen() {
    return end.equals(ZERO);
  }

  /** A view of what is in this range. */
  <V> NavigableMap<ByteString, V> in(NavigableMap<ByteString, V> map) {
    if (end.isEmpty()) {
      return map.subMap(start, true, start, true);
    }
    if (isOpen()) {
      return map.tailMap(start, true);
    }
    return ORDER.compare(start, end) < 0
        ? map.subMap(start, true, end, false)
        : Collections.emptyNavigableMap();
  }
}
