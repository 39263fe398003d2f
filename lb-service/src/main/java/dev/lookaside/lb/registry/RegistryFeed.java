package dev.lookaside.lb.registry;

import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.lb.rpc.ServiceNames;
import dev.lookaside.registry.watch.RegistryListener;
import dev.lookaside.registry.watch.RegistrySync;
import dev.lookaside.registry.watch.RegistryView;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Hands each table that changed to everyone who works with tables, in order. */
public final class RegistryFeed implements RegistryListener {
  private final List<Consumer<EndpointTable>> consumers;
  private final Consumer<EndpointTable> balancers;
  private final Runnable firstSync;
  private final Counter resyncs;
  private final Counter rejected;

  private Map<String, EndpointTable> latest = Map.of();
  private volatile boolean everSynced;

  /**
   * A feed of these consumers, each called in turn on the registry's thread.
   *
   * @param balancers takes the table of the balancers, which is for nobody else
   * @param firstSync runs once, after the first tables were handed over
   */
  public RegistryFeed(
      List<Consumer<EndpointTable>> consumers,
      Consumer<EndpointTable> balancers,
      Runnable firstSync,
      MeterRegistry meters) {
    this.consumers = List.copyOf(consumers);
    this.balancers = balancers;
    this.firstSync = firstSync;
    this.resyncs =
        Counter.builder("lookaside.registry.resyncs")
            .description("Full reads of the registry after its watch was lost")
            .register(meters);
    this.rejected =
        Counter.builder("lookaside.registry.rejected")
            .description("Sights of registrations that make no sense")
            .register(meters);
  }

  /** Whether the registry was read at least once. */
  public boolean everSynced() {
    return everSynced;
  }

  @Override
  public void updated(RegistryView view) {
    Map<String, EndpointTable> before = latest;
    latest = view.tables();
    for (EndpointTable table : latest.values()) {
      if (isNew(table, before)) {
        hand(table);
      }
    }
    for (String service : before.keySet()) {
      if (!latest.containsKey(service)) {
        hand(new EndpointTable(service, view.revision(), List.of()));
      }
    }
    if (!everSynced && !(view.sync() instanceof RegistrySync.NeverSynced)) {
      everSynced = true;
      firstSync.run();
    }
  }

  private void hand(EndpointTable table) {
    if (table.service().equals(ServiceNames.BALANCERS)) {
      balancers.accept(table);
    } else {
      consumers.forEach(consumer -> consumer.accept(table));
    }
  }

  /** By identity: the registry makes a table only when something in it has changed. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isNew(EndpointTable table, Map<String, EndpointTable> before) {
    return table != before.get(table.service());
  }

  @Override
  public void resynced(String reason) {
    resyncs.increment();
  }

  @Override
  public void rejected(String key, String reason) {
    rejected.increment();
  }
}
