package dev.lookaside.lb.subscribe;

import dev.lookaside.core.balancer.ServiceSnapshot;
import dev.lookaside.core.balancer.SnapshotListener;
import dev.lookaside.core.concurrent.DaemonThreads;
import dev.lookaside.core.load.LoadView;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.lb.rpc.Refusals;
import dev.lookaside.v1.BalancerList;
import dev.lookaside.v1.SubscribeResponse;
import io.grpc.StatusException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All subscriptions, and the one thread that tells them what is new.
 *
 * <p>Changes go out a few milliseconds after they come in, loads at the interval of each group of
 * subscribers. Nothing is queued for anybody: a subscriber that cannot take a message is passed
 * over, and told all that it has missed in one message when it can ({@link Subscriber#tell}).
 */
public final class Subscriptions implements SnapshotListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Subscriptions.class);
  private static final Duration TICK = Duration.ofMillis(50);

  private final SubscriptionLimits limits;
  private final Announcement announcement;
  private final LoadView loads;
  private final Ticker ticker;
  private final Sent sent;
  private final String epoch = UUID.randomUUID().toString();
  private final ScheduledThreadPoolExecutor thread;
  private final Coalescing flush;

  // Written by whoever brings a change.
  private final ConcurrentMap<String, ServiceSnapshot> snapshots = new ConcurrentHashMap<>();
  private final Set<String> changed = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;
  private volatile int size;

  // For the thread only.
  private final Map<String, Topic> topics = new HashMap<>();
  private final Map<Subscriber, Topic> subscribers = new LinkedHashMap<>();
  private final Map<Object, Integer> perConnection = new HashMap<>();
  private EncodedUpdate balancers = encoded(List.of());

  public Subscriptions(
      SubscriptionLimits limits,
      Announcement announcement,
      LoadView loads,
      Ticker ticker,
      MeterRegistry meters) {
    this.limits = limits;
    this.announcement = announcement;
    this.loads = loads;
    this.ticker = ticker;
    this.sent = new Sent(meters);
    this.thread = new ScheduledThreadPoolExecutor(1, new DaemonThreads("lookaside-publish"));
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    this.flush = new Coalescing(thread, ticker, () -> guarded(this::publishChanges));
    Gauge.builder("lookaside.subscribers", () -> size)
        .description("Subscriptions that are open")
        .register(meters);
  }

  public void start() {
    var unused =
        thread.scheduleAtFixedRate(
            () -> guarded(this::publishLoads), 0, TICK.toNanos(), TimeUnit.NANOSECONDS);
  }

  SubscriptionLimits limits() {
    return limits;
  }

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
      subscribers.forEach((subscriber, topic) -> tell(subscriber, topic));
    });
  }

  /** Begins a subscription, or ends its call with the reason why not. */
  void open(Subscriber subscriber) {
    if (!execute(() -> admit(subscriber))) {
      subscriber.end(Refusals.shuttingDown());
    }
  }

  /** Notes that a subscriber can take messages again. */
  void ready(Subscriber subscriber) {
    execute(() -> {
      Topic topic = subscribers.get(subscriber);
      if (topic != null) {
        tell(subscriber, topic);
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
    Topic topic = topics.computeIfAbsent(subscriber.service(), this::newTopic);
    // While nobody listened, nothing was applied.
    apply(subscriber.service(), topic);
    subscribers.put(subscriber, topic);
    perConnection.merge(subscriber.connection(), 1, Integer::sum);
    size = subscribers.size();
    topic.add(subscriber, ticker.nanos());
    subscriber.begin();
    tell(subscriber, topic);
  }

  private Topic newTopic(String service) {
    return new Topic(new TableLog(epoch, announcement.of(service), loads));
  }

  private void remove(Subscriber subscriber) {
    Topic topic = subscribers.remove(subscriber);
    if (topic == null) {
      return;
    }
    size = subscribers.size();
    topic.remove(subscriber);
    perConnection.computeIfPresent(subscriber.connection(), (c, n) -> n == 1 ? null : n - 1);
    if (topic.isEmpty() && !snapshots.containsKey(subscriber.service())) {
      topics.remove(subscriber.service());
    }
  }

  private void publishChanges() {
    for (String service : List.copyOf(changed)) {
      changed.remove(service);
      Topic topic = topics.get(service);
      if (topic != null && !topic.isEmpty() && apply(service, topic)) {
        topic.forEach(subscriber -> tell(subscriber, topic));
      }
    }
  }

  private boolean apply(String service, Topic topic) {
    ServiceSnapshot now = snapshots.get(service);
    return now != null && topic.apply(now, announcement.of(service, now.policy()));
  }

  private void publishLoads() {
    long now = ticker.nanos();
    topics.values().forEach(topic -> topic.tick(now, TICK, subscriber -> tell(subscriber, topic)));
  }

  private void tell(Subscriber subscriber, Topic topic) {
    try {
      topic.tell(subscriber, balancers, sent);
    } catch (RuntimeException e) {
      subscriber.end(Refusals.internal(e));
      gone(subscriber);
    }
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

  private boolean execute(Runnable task) {
    try {
      thread.execute(() -> guarded(task));
      return true;
    } catch (RejectedExecutionException closed) {
      return false;
    }
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
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
