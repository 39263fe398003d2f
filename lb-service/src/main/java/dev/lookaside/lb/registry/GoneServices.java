package dev.lookaside.lb.registry;

import dev.lookaside.core.endpoint.EndpointTable;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Services that have no endpoint left. They are remembered for a while, for most come back; for
 * ever they would be, if names are made up, a leak in every map and meter that has one per service.
 */
final class GoneServices {
  /** As long as the balancer itself remembers them. */
  static final Duration REMEMBERED = Duration.ofMinutes(1);

  /** When each lost its last endpoint, the earliest first. */
  private final Map<String, Long> since = new LinkedHashMap<>();

  void seen(EndpointTable table, long nowNanos) {
    if (table.isEmpty()) {
      since.putIfAbsent(table.service(), nowNanos);
    } else {
      since.remove(table.service());
    }
  }

  /** Those whose time is up; each is named once. */
  Set<String> forgettable(long nowNanos) {
    Set<String> forgettable = new HashSet<>();
    for (Iterator<Map.Entry<String, Long>> i = since.entrySet().iterator(); i.hasNext(); ) {
      Map.Entry<String, Long> earliest = i.next();
      if (nowNanos - earliest.getValue() < REMEMBERED.toNanos()) {
        break;
      }
      forgettable.add(earliest.getKey());
      i.remove();
    }
    return forgettable;
  }
}
