package dev.lookaside.lb.subscribe;

import dev.lookaside.core.balancer.ServiceSnapshot;
import dev.lookaside.core.balancer.SnapshotListener;
import dev.lookaside.core.concurrent.Debounced;
import dev.lookaside.core.load.LoadView;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.lb.push.Audience;
import dev.lookaside.lb.push.Audience.Capacity;
import dev.lookaside.lb.push.PublisherThread;
import dev.lookaside.lb.push.Unsent;
import dev.lookaside.v1.BalancerList;
import dev.lookaside.v1.SubscribeResponse;
import dev.lookaside.wire.SubscriptionTerms;
import dev.lookaside.wire.TermsCodec;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * All subscriptions, and the one thread that tells them what is new.
 *
 * <p>Changes go out a few milliseconds after they come in, loads at the interval of each group of
 * subscribers, a heartbeat every second.
 */
public final class Subscriptions implements SnapshotListener, AutoCloseable {
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
  private final PublisherThread thread = new PublisherThread("lookaside-publish");
  private final Debounced flush;
  private final Audience<Subscriber> audience;

  // Written by whoever brings a change.
  private final ConcurrentMap<String, ServiceSnapshot> snapshots = new ConcurrentHashMap<>();
  private final Set<String> changed = ConcurrentHashMap.newKeySet();
  private volatile Supplier<Optional<RegistryState>> registry = Optional::empty;

  // For the thread only.
  private final Map<String, ServiceWatch> watches = new HashMap<>();
  private final Map<Optional<Duration>, EncodedUpdate> terms = new HashMap<>();
  private EncodedUpdate balancers = encoded(List.of());
  private long nextVersion;
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
    this.flush = thread.debounced(ticker, this::publishChanges);
    this.audience =
        new Audience<>(
            thread,
            ticker,
            unsent,
            new Capacity("subscriptions", limits.most(), limits.mostPerConnection()),
            new Telling());
    this.beatNanos = ticker.nanos();
    Gauge.builder("lookaside.subscribers", audience::size)
        .description("Subscriptions that are open")
        .register(meters);
  }

  public void start() {
    thread.every(TICK, this::tick);
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

  Audience<Subscriber> audience() {
    return audience;
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
    thread.execute(() -> {
      balancers = encoded(addresses);
      audience.tellAll();
    });
  }

  /**
   * Counts the subscribers on the thread that serves them.
   *
   * @param most how many are described one by one: the slow ones first, then those behind
   */
  public CompletableFuture<Census> census(int most) {
    CompletableFuture<Census> answer = new CompletableFuture<>();
    if (!thread.tryExecute(() -> answer.complete(Census.of(watches, most)))) {
      answer.cancel(false);
    }
    return answer;
  }

  private ServiceWatch newWatch(String service) {
    return new ServiceWatch(new TableLog(epoch, nextVersion, announcement.of(service), loads));
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
      thread.guarded(() -> publish(service));
    }
  }

  private void publish(String service) {
    ServiceWatch watch = watches.get(service);
    if (watch != null && !watch.isEmpty() && apply(service, watch)) {
      watch.forEach(audience::tellSoon);
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
    if (audience.isIdle() || now - loadsNanos >= LONGEST_STRETCH.toNanos()) {
      loadsNanos = now;
      watches
          .values()
          .forEach(watch -> thread.guarded(() -> watch.tick(now, TICK, audience::tell)));
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
    audience.tellAll();
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
    audience.close();
    thread.close();
  }

  private static EncodedUpdate encoded(Collection<String> addresses) {
    return EncodedUpdate.of(
        SubscribeResponse.newBuilder()
            .setBalancers(BalancerList.newBuilder().addAllAddresses(addresses))
            .build());
  }

  private final class Telling implements Audience.Host<Subscriber> {

    @Override
    public void joined(Subscriber subscriber) {
      String service = subscriber.service();
      ServiceWatch watch = watches.computeIfAbsent(service, Subscriptions.this::newWatch);
      // While nobody listened, nothing was applied.
      apply(service, watch);
      if (watch.isEmpty()) {
        watch.table().beat(registry.get(), service, ticker.nanos());
      }
      watch.add(subscriber, ticker.nanos());
      subscriber.outlet().begin();
      audience.tellSoon(subscriber);
    }

    @Override
    public void serve(Subscriber subscriber) {
      watchOf(subscriber).send(subscriber, terms(subscriber.loadInterval()), balancers);
    }

    @Override
    public void left(Subscriber subscriber) {
      watchOf(subscriber).remove(subscriber);
      forgetIfGone(subscriber.service());
    }

    private ServiceWatch watchOf(Subscriber subscriber) {
      return Objects.requireNonNull(watches.get(subscriber.service()));
    }
  }
}
