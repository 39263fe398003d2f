package dev.lookaside.registry.watch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is remembered of the keys under the root, and no more of it than there is room for: whoever
 * may write to etcd shall not be able to end those who read it. A key that is refused is remembered
 * to know when it was rewritten; with too many of them, or a long name, it is refused anew each
 * time it is seen. Used by one thread.
 */
final class KnownKeys {
  /** About what an endpoint takes here and in all that is made of it. */
  private static final int HEAP_PER_ENDPOINT = 2 << 10;

  private static final int MOST_REFUSED = 20_000;
  private static final int LONGEST_REFUSED = 512;

  private final int mostEndpoints;
  private final Map<String, KnownKey> keys = new HashMap<>();
  private int endpoints;

  KnownKeys(int mostEndpoints) {
    this.mostEndpoints = mostEndpoints;
  }

  static KnownKeys forHeap(long heapBytes) {
    return new KnownKeys((int) Math.min(1_000_000, Math.max(1_000, heapBytes / HEAP_PER_ENDPOINT)));
  }

  Optional<KnownKey> find(String key) {
    return Optional.ofNullable(keys.get(key));
  }

  boolean holds(String key) {
    return keys.containsKey(key);
  }

  int size() {
    return keys.size();
  }

  List<String> keys() {
    return List.copyOf(keys.keySet());
  }

  /** Whether there may be one endpoint more. */
  boolean hasRoom() {
    return endpoints < mostEndpoints;
  }

  /** In words. */
  String limit() {
    return "(expected: at most " + mostEndpoints + ")";
  }

  /** Remembers what is known of a key from now on; says whether there is room for that. */
  boolean put(String key, KnownKey known) {
    var unused = remove(key);
    if (known.endpoint().isPresent()) {
      endpoints++;
    } else if (keys.size() - endpoints >= MOST_REFUSED || key.length() > LONGEST_REFUSED) {
      return false;
    }
    keys.put(key, known);
    return true;
  }

  /** Returns what was known of it. */
  Optional<KnownKey> remove(String key) {
    Optional<KnownKey> before = Optional.ofNullable(keys.remove(key));
    if (before.flatMap(KnownKey::endpoint).isPresent()) {
      endpoints--;
    }
    return before;
  }
}
