package dev.lookaside.lb.xds;

import dev.lookaside.core.balancer.ServiceSnapshot;
import dev.lookaside.core.balancer.SnapshotListener;
import dev.lookaside.core.balancer.ZonePreference;
import dev.lookaside.core.concurrent.DaemonThreads;
import dev.lookaside.core.concurrent.Debounced;
import dev.lookaside.core.load.LoadView;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.lb.push.Rounds;
import dev.lookaside.lb.push.Unsent;
import dev.lookaside.lb.rpc.Refusals;
import dev.lookaside.xds.v3.DiscoveryRequest;
import io.grpc.ServerCall;
import io.grpc.StatusException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All streams of xDS clients, and the one thread that tells them what is new.
 *
 * <p>Who is in a fleet goes out a few milliseconds after it changed; weights at most once in {@link
 * AdsLimits#weightInterval}, and only if they changed by more than a threshold. Nothing is queued
 * for anybody, as with subscriptions: each of the {@link Rounds} sends a stream what it misses.
 *
 * <p>As long as the registry was never read nothing is sent, for an empty fleet would be believed.
 */
public final class Discovery implements SnapshotListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Discovery.class);
  private static final Duration TICK = Duration.ofMillis(500);

  /** How long a client waits here for the registry, rather than at another balancer. */
  static final Duration SYNC_PATIENCE = Duration.ofSeconds(2);

  private final AdsLimits limits;
  private final Catalog catalog;
  private final Unsent unsent;
  private final Ticker ticker;
  private final AdsMeters meters;
  private final Nacks nacks;
  private final ScheduledThreadPoolExecutor thread;
  private final Debounced flush;
  private final Rounds<AdsStream> rounds;

  // Written by whoever brings a change.
  private final Set<String> changed = ConcurrentHashMap.newKeySet();
  private volatile BooleanSupplier everSynced = () -> false;
  private volatile Supplier<Optional<String>> overload = Optional::empty;
  private volatile boolean closing;
  private volatile int size;

  // For the thread only.
  private final Set<AdsStream> streams = new LinkedHashSet<>();
  private final Map<Object, Integer> perConnection = new HashMap<>();
  private final Set<AdsStream> waitingForRoom = new LinkedHashSet<>();

  Discovery(AdsLimits limits, Catalog catalog, Unsent unsent, Ticker ticker, MeterRegistry meters) {
    this.limits = limits;
    this.catalog = catalog;
    this.unsent = unsent;
    this.ticker = ticker;
    this.meters = new AdsMeters(meters);
    this.nacks = new Nacks(ticker);
    this.thread = new ScheduledThreadPoolExecutor(1, new DaemonThreads("lookaside-xds"));
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    this.flush = new Debounced(thread, ticker, () -> guarded(this::publishChanges));
    this.rounds = new Rounds<>(this::execute, ticker, this::send);
    Gauge.builder("lookaside.xds.streams", () -> size)
        .description("Streams of xDS clients that are open")
        .register(meters);
  }

  /**
   * What serves every service.
   *
   * @param zoneOf where the clients of a service are
   * @param epoch no other process, and no earlier one, has the same
   */
  public static Discovery of(
      AdsLimits limits,
      EndpointWeights weights,
      Function<String, Optional<ZonePreference>> zoneOf,
      Function<String, ServiceTerms> terms,
      LoadView loads,
      Unsent unsent,
      String epoch,
      Ticker ticker,
      MeterRegistry meters) {
    Fleets fleets = new Fleets(weights, zoneOf, new Spill(loads, ticker), new Addresses(ticker));
    Catalog catalog = new Catalog(fleets::of, terms, limits.weightThreshold(), epoch);
    return new Discovery(limits, catalog, unsent, ticker, meters);
  }

  /**
   * From now on streams are served.
   *
   * @param synced whether the registry was read at least once
   * @param complaint why no stream can be taken now, if so
   */
  public void start(BooleanSupplier synced, Supplier<Optional<String>> complaint) {
    everSynced = synced;
    overload = complaint;
    every(limits.weightInterval(), this::publishWeights);
    every(TICK, this::lookAfterStreams);
  }

  private void every(Duration interval, Runnable task) {
    long nanos = interval.toNanos();
    var unused =
        thread.scheduleWithFixedDelay(() -> guarded(task), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** The registry was read for the first time: what was held back can go. */
  public void synced() {
    execute(() -> streams.forEach(rounds::addUrgent));
  }

  /** Never throws: whoever brings a change has more to do with it. */
  @Override
  public void changed(ServiceSnapshot before, ServiceSnapshot now) {
    catalog.put(now);
    changed.add(now.registered().service());
    flush.ask();
  }

  @Override
  public void forgotten(String service) {
    catalog.forget(service);
    changed.add(service);
    flush.ask();
  }

  AdsStream newStream(
      ServerCall<DiscoveryRequest, EncodedResponse> call,
      Function<String, Optional<String>> refusalOf) {
    return new AdsStream(call, refusalOf, unsent, meters, ticker.nanos());
  }

  /** Begins a stream, or ends its call with the reason why not. */
  void open(AdsStream stream) {
    if (!tryExecute(() -> admit(stream))) {
      stream.end(Refusals.shuttingDown());
    }
  }

  void requested(AdsStream stream, DiscoveryRequest request) {
    execute(() -> {
      if (streams.contains(stream)) {
        take(stream, request);
      }
    });
  }

  /** Notes that a stream can take messages again. */
  void ready(AdsStream stream) {
    execute(() -> {
      if (streams.contains(stream)) {
        rounds.add(stream);
      }
    });
  }

  /** Notes that a stream is gone. */
  void gone(AdsStream stream) {
    execute(() -> remove(stream));
  }

  /** Notes that a client asks for nothing more. */
  void finished(AdsStream stream) {
    execute(() -> {
      if (streams.contains(stream)) {
        remove(stream);
        stream.complete();
      }
    });
  }

  /**
   * Who is connected, and what they have; fails when this balancer stops.
   *
   * @param most how many of them
   */
  public CompletableFuture<List<ClientView>> clients(int most) {
    try {
      return CompletableFuture.supplyAsync(
          () -> streams.stream().limit(most).map(s -> s.view(catalog::answer)).toList(), thread);
    } catch (RejectedExecutionException closed) {
      return CompletableFuture.failedFuture(Refusals.shuttingDown());
    }
  }

  private void admit(AdsStream stream) {
    int there = perConnection.getOrDefault(stream.connection(), 0);
    Optional<String> complaint = overload.get();
    if (closing) {
      stream.end(Refusals.shuttingDown());
    } else if (complaint.isPresent()) {
      stream.end(Refusals.exhausted(complaint.get()));
    } else if (streams.size() >= limits.streams()) {
      stream.end(tooMany("this balancer has " + streams.size(), limits.streams()));
    } else if (there >= limits.streamsPerConnection()) {
      stream.end(tooMany("this connection has " + there, limits.streamsPerConnection()));
    } else {
      streams.add(stream);
      perConnection.merge(stream.connection(), 1, Integer::sum);
      size = streams.size();
      stream.requestNext();
    }
  }

  private void take(AdsStream stream, DiscoveryRequest request) {
    try {
      stream.greet(request);
      Optional<ResourceType> type = ResourceType.of(request.getTypeUrl());
      if (type.isPresent()) {
        AdsStream.check(request, limits.names());
        subscribe(stream, stream.subscription(type.get()), request);
      } else {
        meters.foreignType();
        nacks.foreignType(request.getTypeUrl(), stream.node());
      }
      stream.requestNext();
    } catch (StatusException refused) {
      remove(stream);
      stream.end(refused);
    }
  }

  private void subscribe(AdsStream stream, TypeSubscription type, DiscoveryRequest request) {
    if (type.isStale(request)) {
      return;
    }
    if (type.take(request)) {
      meters.refused(type.type());
      nacks.refused(type, stream.node());
    }
    Set<String> before = stream.services();
    stream.collectServices();
    for (String service : stream.services()) {
      if (!before.contains(service)) {
        catalog.watch(service, stream);
      }
    }
    for (String service : before) {
      if (!stream.services().contains(service)) {
        catalog.unwatch(service, stream);
      }
    }
    rounds.addUrgent(stream);
  }

  private void remove(AdsStream stream) {
    if (!streams.remove(stream)) {
      return;
    }
    size = streams.size();
    stream.services().forEach(service -> catalog.unwatch(service, stream));
    perConnection.computeIfPresent(stream.connection(), (c, n) -> n == 1 ? null : n - 1);
    rounds.remove(stream);
    waitingForRoom.remove(stream);
    stream.gone();
  }

  private void publishChanges() {
    for (String service : List.copyOf(changed)) {
      changed.remove(service);
      // One service's misfortune is not the others'.
      guarded(() -> catalog.refresh(service, Catalog.Change.MEMBERS).forEach(rounds::addUrgent));
    }
  }

  private void publishWeights() {
    for (String service : catalog.watchedServices()) {
      guarded(() -> catalog.refresh(service, Catalog.Change.WEIGHTS).forEach(rounds::add));
    }
  }

  private void send(AdsStream stream) {
    if (!streams.contains(stream) || !everSynced.getAsBoolean()) {
      return;
    }
    try {
      stream.send(catalog::answer, catalog.version());
      if (stream.mustWait()) {
        waitingForRoom.add(stream);
      }
    } catch (RuntimeException e) {
      remove(stream);
      stream.end(Refusals.internal(e));
    }
    if (unsent.hasRoomAgain() && !waitingForRoom.isEmpty()) {
      waitingForRoom.forEach(rounds::addUrgent);
      waitingForRoom.clear();
    }
  }

  /** Who reads nothing is cut; who would wait for the registry may find another balancer. */
  private void lookAfterStreams() {
    long now = ticker.nanos();
    for (AdsStream stream : List.copyOf(streams)) {
      if (stream.isStuck(now)) {
        remove(stream);
        stream.cut();
      } else if (!everSynced.getAsBoolean() && stream.ageNanos(now) > SYNC_PATIENCE.toNanos()) {
        remove(stream);
        stream.end(Refusals.notSynced());
      }
    }
  }

  /** Ends every stream, so that clients go elsewhere at once, and takes no new one. */
  @Override
  public void close() {
    closing = true;
    execute(() -> {
      List<AdsStream> all = new ArrayList<>(streams);
      all.forEach(this::remove);
      all.forEach(stream -> stream.end(Refusals.shuttingDown()));
    });
    thread.shutdown();
  }

  private void execute(Runnable task) {
    // After the end there is nobody to do it for.
    var unused = tryExecute(task);
  }

  private boolean tryExecute(Runnable task) {
    try {
      thread.execute(() -> guarded(task));
      return true;
    } catch (RejectedExecutionException closed) {
      return false;
    }
  }

  /** The thread outlives whatever happens on it, and what it does regularly goes on. */
  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      log.error("xDS clients could not be told", e);
    }
  }

  private static StatusException tooMany(String have, int most) {
    return Refusals.exhausted(have + " streams of xDS (expected: at most " + most + ")");
  }
}
