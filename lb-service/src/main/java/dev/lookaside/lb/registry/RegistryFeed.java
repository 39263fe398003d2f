package dev.lookaside.lb.registry;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.lookaside.core.concurrent.DaemonThreads;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.lb.rpc.ServiceNames;
import dev.lookaside.registry.view.Disbelief;
import dev.lookaside.registry.view.RegistryListener;
import dev.lookaside.registry.view.RegistrySync;
import dev.lookaside.registry.view.RegistryView;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands each table that changed to everyone who works with tables, in order. */
public final class RegistryFeed implements RegistryListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RegistryFeed.class);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Consumer<RegistryView> decisions;
  private final List<TableReader> readers;
  private final Consumer<EndpointTable> balancers;
  private final Runnable firstSync;
  private final Counter resyncs;
  private final Counter rejected;
  private final RejectedKeys rejectedKeys;
  private final Map<Disbelief.Cause, Counter> disbelieved = new EnumMap<>(Disbelief.Cause.class);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(new DaemonThreads("lookaside-forget"));
  private final Ticker ticker;
  private final GoneServices gone = new GoneServices();
  private final ReentrantLock turn = new ReentrantLock();

  private Map<String, EndpointTable> latest = Map.of();
  private volatile boolean everSynced;

  /**
   * A feed of these readers, each called in turn on the registry's thread.
   *
   * @param decisions takes what operators decided, before the tables of the same view
   * @param balancers takes the table of the balancers, which is for nobody else
   * @param firstSync runs once, after the first tables were handed over
   */
  public RegistryFeed(
      Consumer<RegistryView> decisions,
      List<TableReader> readers,
      Consumer<EndpointTable> balancers,
      Runnable firstSync,
      Ticker ticker,
      MeterRegistry meters) {
    this.decisions = decisions;
    this.readers = List.copyOf(readers);
    this.ticker = ticker;
    this.rejectedKeys = new RejectedKeys(ticker);
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
    for (Disbelief.Cause cause : Disbelief.Cause.values()) {
      disbelieved.put(
          cause,
          Counter.builder("lookaside.registry.disbelieved")
              .description("Sights of registrations whose signature is missing or wrong")
              .tag("cause", cause.name().toLowerCase(Locale.ROOT))
              .register(meters));
    }
  }

  /** From now on services that are gone are forgotten in time. */
  public void start() {
    long nanos = LOOK_EVERY.toNanos();
    var unused = thread.scheduleWithFixedDelay(this::forgetGone, nanos, nanos, NANOSECONDS);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  /** Keys that were left out of late. */
  public RejectedKeys rejectedKeys() {
    return rejectedKeys;
  }

  /** Whether the registry was read at least once. */
  public boolean everSynced() {
    return everSynced;
  }

  @Override
  public void updated(RegistryView view) {
    turn.lock();
    try {
      take(view);
    } finally {
      turn.unlock();
    }
  }

  /** Forgets services that have been gone for a while, unless the registry is being read now. */
  void forgetGone() {
    if (turn.tryLock()) {
      try {
        Set<String> forgettable = gone.forgettable(ticker.nanos());
        if (!forgettable.isEmpty()) {
          readers.forEach(reader -> guarded("forgets services", () -> reader.forget(forgettable)));
        }
      } finally {
        turn.unlock();
      }
    }
  }

  private void take(RegistryView view) {
    guarded("obeys operators", () -> decisions.accept(view));
    Map<String, EndpointTable> before = latest;
    latest = view.tables();
    for (EndpointTable table : latest.values()) {
      if (isNew(table, before)) {
        hand(table);
      }
    }
    before.forEach((service, table) -> {
      // A service that was empty already, and that the registry now forgets, is no news.
      if (!latest.containsKey(service) && !table.isEmpty()) {
        hand(new EndpointTable(service, view.revision(), List.of()));
      }
    });
    if (!everSynced && !(view.sync() instanceof RegistrySync.NeverSynced)) {
      everSynced = true;
      firstSync.run();
    }
  }

  private void hand(EndpointTable table) {
    if (table.service().equals(ServiceNames.BALANCERS)) {
      guarded("takes the table of balancers", () -> balancers.accept(table));
    } else {
      gone.seen(table, ticker.nanos());
      String what = "takes the table of " + table.service();
      readers.forEach(reader -> guarded(what, () -> reader.update(table)));
    }
  }

  /** What goes wrong with one reader and one service is no matter of the others. */
  private static void guarded(String what, Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      log.error("a part of the balancer that {} has failed", what, e);
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
  public void disbelieved(String key, Disbelief.Cause cause, String reason) {
    rejectedKeys.add(key, reason);
    Objects.requireNonNull(disbelieved.get(cause)).increment();
  }

  @Override
  public void rejected(String key, String reason) {
    rejectedKeys.add(key, reason);
    rejected.increment();
  }
}
