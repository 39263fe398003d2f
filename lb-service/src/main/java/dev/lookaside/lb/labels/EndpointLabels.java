package dev.lookaside.lb.labels;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToLongFunction;

/**
 * Which endpoints have series of their own: all, as long as there are no more than the limit; else
 * those that were picked most of late, and one series {@value #OTHER} of each service for the rest.
 * An endpoint that calls itself {@value #OTHER} or {@value #NONE} is one of the rest.
 */
public final class EndpointLabels {
  public static final String OTHER = "other";

  /** What stands for no endpoint at all. */
  public static final String NONE = "none";

  private record Key(String service, String id) {
    static Key of(Endpoint endpoint) {
      return new Key(endpoint.service(), endpoint.id());
    }
  }

  private final int most;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  // Guarded by this.
  private final Map<String, EndpointTable> tables = new HashMap<>();
  private Map<Key, Long> picksBefore = Map.of();

  /** Empty: all have their own. */
  private volatile Set<Key> named = Set.of();

  private volatile boolean bounded;
  private volatile ToLongFunction<Endpoint> picks = endpoint -> 0;

  /**
   * All endpoints, up to this many.
   *
   * @param most how many have series of their own
   */
  public EndpointLabels(int most) {
    this.most = most;
  }

  /** Ranks from now on by how often an endpoint was picked; before that, by name. */
  public void rankBy(ToLongFunction<Endpoint> picksSoFar) {
    picks = picksSoFar;
  }

  /** Runs whenever other endpoints have series of their own than before; must not block. */
  public void listen(Runnable listener) {
    listeners.add(listener);
  }

  /** Says whether this endpoint has series of its own. */
  public boolean isNamed(Endpoint endpoint) {
    String id = endpoint.id();
    return !id.equals(OTHER) && !id.equals(NONE) && (!bounded || named.contains(Key.of(endpoint)));
  }

  /** Takes the new table of a service. */
  public void update(EndpointTable table) {
    synchronized (this) {
      tables.put(table.service(), table);
      if (count() <= most == !bounded) {
        return;
      }
    }
    rank();
  }

  /** Forgets services. */
  public synchronized void forget(Set<String> gone) {
    tables.keySet().removeAll(gone);
  }

  /** Looks anew who was picked most since the last time. To be called now and then. */
  public void rank() {
    if (choose()) {
      listeners.forEach(Runnable::run);
    }
  }

  private synchronized boolean choose() {
    Set<Key> before = named;
    boolean boundedBefore = bounded;
    if (count() <= most) {
      picksBefore = Map.of();
      bounded = false;
      named = Set.of();
    } else {
      named = mostPicked();
      bounded = true;
    }
    return bounded != boundedBefore || !named.equals(before);
  }

  private Set<Key> mostPicked() {
    Map<Key, Long> now = new HashMap<>();
    tables
        .values()
        .forEach(table -> table.endpoints().forEach(e -> now.put(Key.of(e), picks.applyAsLong(e))));
    List<Key> keys = new ArrayList<>(now.keySet());
    Map<Key, Long> then = picksBefore;
    Set<Key> last = named;
    picksBefore = now;
    // Of equals those stay that have their own; else the order of names decides, not chance.
    keys.sort(
        Comparator.comparingLong(
                (Key key) -> then.getOrDefault(key, 0L) - now.getOrDefault(key, 0L))
            .thenComparing(key -> !last.contains(key))
            .thenComparing(Key::service)
            .thenComparing(Key::id));
    return new HashSet<>(keys.subList(0, most));
  }

  private int count() {
    return tables.values().stream().mapToInt(EndpointTable::size).sum();
  }
}
