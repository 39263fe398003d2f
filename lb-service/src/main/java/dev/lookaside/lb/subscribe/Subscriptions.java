package dev.lookaside.lb.subscribe;

import dev.lookaside.core.balancer.ServiceSnapshot;
import dev.lookaside.core.balancer.SnapshotListener;
import dev.lookaside.core.concurrent.DaemonThreads;
import dev.lookaside.core.concurrent.Debounced;
import dev.lookaside.core.load.LoadView;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.lb.push.Rounds;
import dev.lookaside.lb.push.Unsent;
import dev.lookaside.lb.rpc.Refusals;
import dev.lookaside.v1.BalancerList;
import dev.lookaside.v1.SubscribeResponse;
import dev.lookaside.wire.SubscriptionTerms;
import dev.lookaside.wire.TermsCodec;
import io.grpc.StatusException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All subscriptions, and the one thread that tells them what is new.
 *
 * <p>Changes go out a few milliseconds after they come in, loads at the interval of each group of
 * subscribers, a heartbeat every second. Nothing is queued for anybody: each of the {@link Rounds}
 * sends a subscriber all that it misses, and passes over who cannot take a message.
 */
public final class Subscriptions implements SnapshotListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Subscriptions.class);
  private static final Duration TICK = Duration.ofMillis(50);

  /** Under load, loads are read more seldom, but never more seldom than this. */
  private static final Duration LONGEST_STRETCH = Duration.ofSeconds(1);

  /** How often a subscriber hears that it is not forgotten. */
  static final Duration HEARTBEAT = Duration.ofSeconds(1);

  private final SubscriptionLimits limits;
  private final Announcement announcement;
  private final LoadView loads;
  private final Ticker ticker;
  private final UpdateMeters sent;
  private final Unsent unsent;
  private final String epoch = UUID.randomUUID().toString();
  private final ScheduledThreadPoolExecutor thread;
  private final Debounced flush;
  private final Rounds<Subscriber> rounds;

  // Written by whoever brings a change.
  private final ConcurrentMap<String, ServiceSnapshot> snapshots = new ConcurrentHashMap<>();
  private final Set<String> changed = ConcurrentHashMap.newKeySet();
  private volatile Supplier<Optional<RegistryState>> registry = Optional::empty;
  private volatile boolean closing;
  private volatile int size;

  // For the thread only.
  private final Map<String, ServiceWatch> watches = new HashMap<>();
  private final Map<Subscriber, ServiceWatch> subscribers = new LinkedHashMap<>();
  private final Map<Optional<Duration>, EncodedUpdate> terms = new HashMap<>();
  private final Map<Object, Integer> perConnection = new HashMap<>();
  private EncodedUpdate balancers = encoded(List.of());
  private long nextVersion;
  private final Set<Subscriber> waitingForRoom = new LinkedHashSet<>();
  private long beatNanos;
  private long loadsNanos;

  public Subscriptions(
      SubscriptionLimits limits,
      Announcement announcement,
      LoadView loads,
      Unsent unsent,
      Ticker ticker,
      MeterRegistry meters) {
    this.limits = limits;
    this.announcement = announcement;
    this.loads = loads;
    this.ticker = ticker;
    this.sent = new UpdateMeters(meters);
    this.unsent = unsent;
    this.thread = new ScheduledThreadPoolExecutor(1, new DaemonThreads("lookaside-publish"));
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    this.flush = new Debounced(thread, ticker, () -> guarded(this::publishChanges));
    this.rounds = new Rounds<>(this::execute, ticker, this::send);
    this.beatNanos = ticker.nanos();
    Gauge.builder("lookaside.subscribers", () -> size)
        .description("Subscriptions that are open")
        .register(meters);
  }

  public void start() {
    var unused =
        thread.scheduleWithFixedDelay(
            () -> guarded(this::tick), 0, TICK.toNanos(), TimeUnit.NANOSECONDS);
  }

  SubscriptionLimits limits() {
    return limits;
  }

  UpdateMeters sent() {
    return sent;
  }

  Unsent unsent() {
    return unsent;
  }

  /** Says from now on which state of the registry tables reflect. */
  public void follow(Supplier<Optional<RegistryState>> confirmed) {
    registry = confirmed;
  }

  /** Never throws: whoever brings a change has more to do with it. */
  @Override
  public void changed(ServiceSnapshot before, ServiceSnapshot now) {
    String service = now.registered().service();
    snapshots.put(service, now);
    changed.add(service);
    flush.ask();
  }

  /** Tells all subscribers where balancers are, in "host:port" form. */
  public void balancers(Collection<String> addresses) {
    execute(() -> {
      balancers = encoded(addresses);
      subscribers.keySet().forEach(rounds::add);
    });
  }

  /**
   * Counts the subscribers on the thread that serves them.
   *
   * @param most how many are described one by one: the slow ones first, then those behind
   */
  public CompletableFuture<Census> census(int most) {
    CompletableFuture<Census> answer = new CompletableFuture<>();
    if (!tryExecute(() -> answer.complete(Census.of(watches, most)))) {
      answer.cancel(false);
    }
    return answer;
  }

  /** Begins a subscription, or ends its call with the reason why not. */
  void open(Subscriber subscriber) {
    if (!tryExecute(() -> admit(subscriber))) {
      subscriber.end(Refusals.shuttingDown());
    }
  }

  /** Notes that a subscriber can take messages again. */
  void ready(Subscriber subscriber) {
    execute(() -> {
      if (subscribers.containsKey(subscriber)) {
        rounds.add(subscriber);
      }
    });
  }

  /** Notes that a subscriber is gone. */
  void gone(Subscriber subscriber) {
    execute(() -> remove(subscriber));
  }

  private void admit(Subscriber subscriber) {
    Integer there = perConnection.getOrDefault(subscriber.connection(), 0);
    if (closing) {
      subscriber.end(Refusals.shuttingDown());
    } else if (subscribers.size() >= limits.most()) {
      subscriber.end(tooMany("this balancer has " + subscribers.size(), limits.most()));
    } else if (there >= limits.mostPerConnection()) {
      subscriber.end(tooMany("this connection has " + there, limits.mostPerConnection()));
    } else {
      add(subscriber);
    }
  }

  private void add(Subscriber subscriber) {
    String service = subscriber.service();
    ServiceWatch watch = watches.computeIfAbsent(service, this::newWatch);
    // While nobody listened, nothing was applied.
    apply(service, watch);
    if (watch.isEmpty()) {
      watch.table().beat(registry.get(), service, ticker.nanos());
    }
    subscribers.put(subscriber, watch);
    perConnection.merge(subscriber.connection(), 1, Integer::sum);
    size = subscribers.size();
    watch.add(subscriber, ticker.nanos());
    subscriber.begin();
    rounds.addUrgent(subscriber);
  }

  private ServiceWatch newWatch(String service) {
    return new ServiceWatch(new TableLog(epoch, nextVersion, announcement.of(service), loads));
  }

  private void remove(Subscriber subscriber) {
    ServiceWatch watch = subscribers.remove(subscriber);
    if (watch == null) {
      return;
    }
    size = subscribers.size();
    watch.remove(subscriber);
    rounds.remove(subscriber);
    waitingForRoom.remove(subscriber);
    subscriber.gone();
    perConnection.computeIfPresent(subscriber.connection(), (c, n) -> n == 1 ? null : n - 1);
    forgetIfGone(subscriber.service());
  }

  /** A service without endpoints and without subscribers is as good as one that never was. */
  private void forgetIfGone(String service) {
    ServiceWatch watch = watches.get(service);
    boolean isWatched = watch != null && !watch.isEmpty();
    ServiceSnapshot last = snapshots.get(service);
    if (!isWatched && (last == null || last.registered().isEmpty())) {
      if (watch != null) {
        // Its versions must not come again with another meaning.
        nextVersion = Math.max(nextVersion, watch.table().version() + 1);
        watches.remove(service);
      }
      if (last != null) {
        snapshots.remove(service, last);
      }
    }
  }

  private void publishChanges() {
    for (String service : List.copyOf(changed)) {
      changed.remove(service);
      // One service's misfortune is not the others'.
      guarded(() -> publish(service));
    }
  }

  private void publish(String service) {
    ServiceWatch watch = watches.get(service);
    if (watch != null && !watch.isEmpty() && apply(service, watch)) {
      watch.forEach(rounds::addUrgent);
    }
    forgetIfGone(service);
  }

  private boolean apply(String service, ServiceWatch watch) {
    ServiceSnapshot now = snapshots.get(service);
    return now != null && watch.apply(now, announcement.of(service, now.policy()));
  }

  private void tick() {
    long now = ticker.nanos();
    // Who has not been served since the last loads gets the next ones instead, later.
    if (rounds.isEmpty() || now - loadsNanos >= LONGEST_STRETCH.toNanos()) {
      loadsNanos = now;
      watches.values().forEach(watch -> guarded(() -> watch.tick(now, TICK, rounds::add)));
    }
    if (now - beatNanos >= HEARTBEAT.toNanos()) {
      beatNanos = now;
      beat(now);
    }
  }

  private void beat(long nowNanos) {
    Optional<RegistryState> state = registry.get();
    watches.forEach((service, watch) -> {
      if (!watch.isEmpty()) {
        watch.table().beat(state, service, nowNanos);
      }
    });
    subscribers.keySet().forEach(rounds::add);
  }

  private void send(Subscriber subscriber) {
    ServiceWatch watch = subscribers.get(subscriber);
    if (watch == null) {
      return;
    }
    try {
      if (subscriber.isStuck(ticker.nanos())) {
        remove(subscriber);
        subscriber.cut();
        return;
      }
      watch.send(subscriber, terms(subscriber.loadInterval()), balancers);
      if (subscriber.mustWait()) {
        waitingForRoom.add(subscriber);
      }
    } catch (RuntimeException e) {
      subscriber.end(Refusals.internal(e));
      remove(subscriber);
    }
    if (unsent.hasRoomAgain() && !waitingForRoom.isEmpty()) {
      waitingForRoom.forEach(rounds::addUrgent);
      waitingForRoom.clear();
    }
  }

  private EncodedUpdate terms(Optional<Duration> interval) {
    return terms.computeIfAbsent(
        interval,
        i ->
            EncodedUpdate.of(
                SubscribeResponse.newBuilder()
                    .setTerms(
                        TermsCodec.write(SubscriptionTerms.of(HEARTBEAT, i, limits.loadExpiry())))
                    .build()));
  }

  /** Ends every subscription, so that subscribers go elsewhere at once, and takes no new one. */
  @Override
  public void close() {
    closing = true;
    execute(() -> {
      List<Subscriber> all = new ArrayList<>(subscribers.keySet());
      all.forEach(this::remove);
      all.forEach(subscriber -> subscriber.end(Refusals.shuttingDown()));
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
      log.error("subscribers could not be told", e);
    }
  }

  private static StatusException tooMany(String have, int most) {
    return Refusals.exhausted(have + " subscriptions (expected: at most " + most + ")");
  }

  private static EncodedUpdate encoded(Collection<String> addresses) {
    return EncodedUpdate.of(
        SubscribeResponse.newBuilder()
            .setBalancers(BalancerList.newBuilder().addAllAddresses(addresses))
            .build());
  }
}
