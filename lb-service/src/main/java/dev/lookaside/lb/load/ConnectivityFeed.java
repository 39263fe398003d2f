package dev.lookaside.lb.load;

import dev.lookaside.core.balancer.Connectivity;
import dev.lookaside.core.concurrent.Debounced;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.time.Ticker;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings to the balancer which endpoints can be reached, many at once: a picker of ten thousand
 * endpoints takes longer to make than one of them to connect, and is not made on a load loop.
 */
final class ConnectivityFeed {
  private static final Logger log = LoggerFactory.getLogger(ConnectivityFeed.class);

  private record Change(Endpoint endpoint, Connectivity connectivity) {}

  private final BiConsumer<String, Map<Endpoint, Connectivity>> balancer;
  private final Queue<Change> changes = new ConcurrentLinkedQueue<>();
  private final Debounced bringing;

  /**
   * @param balancer takes the latest of each endpoint of one service, on the given thread
   */
  ConnectivityFeed(
      BiConsumer<String, Map<Endpoint, Connectivity>> balancer,
      ScheduledExecutorService thread,
      Ticker ticker) {
    this.balancer = balancer;
    this.bringing = new Debounced(thread, ticker, this::bring);
  }

  /** Any thread may say so; returns at once. */
  void changed(Endpoint endpoint, Connectivity connectivity) {
    changes.add(new Change(endpoint, connectivity));
    bringing.ask();
  }

  private void bring() {
    Map<String, Map<Endpoint, Connectivity>> services = new LinkedHashMap<>();
    for (Change next = changes.poll(); next != null; next = changes.poll()) {
      services
          .computeIfAbsent(next.endpoint().service(), name -> new LinkedHashMap<>())
          .put(next.endpoint(), next.connectivity());
    }
    services.forEach(this::bring);
  }

  /** What goes wrong with one service is no matter of the others. */
  private void bring(String service, Map<Endpoint, Connectivity> its) {
    try {
      balancer.accept(service, its);
    } catch (RuntimeException e) {
      log.error("{} changes of endpoints of {} were lost", its.size(), service, e);
    }
  }
}
