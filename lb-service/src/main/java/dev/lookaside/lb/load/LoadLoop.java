package dev.lookaside.lb.load;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.time.Backoff;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;

/**
 * The streams of one event loop. They are opened and closed by the difference of tables; of several
 * tables that come before the loop gets to them, it sees the latest.
 */
final class LoadLoop {
  private final EndpointStream.Surroundings around;
  private final Backoff backoff;
  private final Predicate<Endpoint> isMine;
  private final ConcurrentMap<String, EndpointTable> wanted = new ConcurrentHashMap<>();

  // Confined to the loop.
  private final Map<String, Map<String, EndpointStream>> services = new HashMap<>();

  LoadLoop(EndpointStream.Surroundings around, Backoff backoff, Predicate<Endpoint> isMine) {
    this.around = around;
    this.backoff = backoff;
    this.isMine = isMine;
  }

  void update(EndpointTable table) {
    if (wanted.put(table.service(), table) == null) {
      around
          .loop()
          .execute(() -> {
            EndpointTable latest = wanted.remove(table.service());
            if (latest != null) {
              apply(latest);
            }
          });
    }
  }

  void close() {
    around
        .loop()
        .execute(() -> {
          services.values().forEach(streams -> streams.values().forEach(EndpointStream::close));
          services.clear();
        });
  }

  private void apply(EndpointTable table) {
    var streams = services.computeIfAbsent(table.service(), name -> new HashMap<>());
    closeWhatLeft(table, streams);
    for (Endpoint endpoint : table.endpoints()) {
      if (isMine.test(endpoint) && !streams.containsKey(endpoint.id())) {
        EndpointStream stream = new EndpointStream(endpoint, around, backoff.run());
        streams.put(endpoint.id(), stream);
        stream.open();
      }
    }
    if (streams.isEmpty()) {
      services.remove(table.service());
    }
  }

  private static void closeWhatLeft(EndpointTable table, Map<String, EndpointStream> streams) {
    for (Iterator<Map.Entry<String, EndpointStream>> i = streams.entrySet().iterator();
        i.hasNext(); ) {
      Map.Entry<String, EndpointStream> entry = i.next();
      if (table.find(entry.getKey()).filter(entry.getValue()::leadsTo).isEmpty()) {
        i.remove();
        entry.getValue().close();
      }
    }
  }
}
