package dev.lookaside.client.grpc.subscription;

import dev.lookaside.client.grpc.outcome.Tallies;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.v1.LoadUpdate;
import dev.lookaside.v1.SubscribeRequest;
import dev.lookaside.v1.SubscribeResponse;
import dev.lookaside.v1.Table;
import dev.lookaside.wire.Durations;
import dev.lookaside.wire.LoadCodec;
import dev.lookaside.wire.Subset;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.SynchronizationContext;
import io.grpc.SynchronizationContext.ScheduledHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The subscription of one channel: always at one balancer, and at the next one when that one ends
 * the stream, falls silent or talks nonsense.
 *
 * <pre>
 *   connect ─▶ listen ──(stream ends, silence, nonsense)──▶ pause ─▶ connect to the next one
 * </pre>
 *
 * What was learned is kept meanwhile, however long it takes. Everything happens in one
 * synchronization context, so the fields need no lock.
 */
public final class Subscription implements AutoCloseable {

  /** Is told what changes, one call after the other. */
  public interface Listener {

    void updated(ServiceView view);

    /** No balancer gives a table, and none is known from before. */
    void unavailable(Status status);
  }

  private static final System.Logger LOG = System.getLogger(Subscription.class.getName());

  private final SubscriptionSettings settings;
  private final Function<Address, ManagedChannel> connect;
  private final Snapshots snapshots;
  private final LoadTracker loads;
  private final OutcomeReports outcomes;
  private final Listener listener;
  private final ScheduledExecutorService timer;
  private final Executor blocking;
  private final Ticker ticker;

  private final SynchronizationContext context =
      new SynchronizationContext((thread, error) ->
          LOG.log(System.Logger.Level.ERROR, "an update of the subscription failed", error));
  private final BalancerRing ring;
  private final Backoff backoff;
  private final Subset subset;
  private final Recent failed = new Recent();

  private @Nullable KnownTable table;
  private @Nullable ServiceView view;
  private @Nullable BalancerLink link;
  private boolean answered;
  private boolean probing;
  private long heardNanos;
  private int failures;
  private @Nullable ScheduledHandle reconnect;
  private final List<ScheduledHandle> regular = new ArrayList<>();
  private boolean nonsense;
  private boolean unsaved;
  private boolean closed;

  /**
   * Does nothing until it is started.
   *
   * @param connect opens a channel to a balancer
   * @param timer runs what is due; never blocked
   * @param blocking runs what may block, such as writing a snapshot
   */
  public Subscription(
      SubscriptionSettings settings,
      Function<Address, ManagedChannel> connect,
      Snapshots snapshots,
      LoadTracker loads,
      Tallies tallies,
      Listener listener,
      ScheduledExecutorService timer,
      Executor blocking,
      Ticker ticker,
      RandomGenerator random) {
    this.settings = settings;
    this.connect = connect;
    this.snapshots = snapshots;
    this.loads = loads;
    this.outcomes = new OutcomeReports(settings.service(), settings.clientId(), tallies, ticker);
    this.listener = listener;
    this.timer = timer;
    this.blocking = blocking;
    this.ticker = ticker;
    this.ring = new BalancerRing(settings.balancers(), random);
    this.backoff = Backoff.defaults(random);
    this.subset = new Subset(settings.clientId(), settings.subsetSize());
  }

  public void start() {
    context.execute(() -> {
      regularly(SubscriptionSettings.SILENCE.dividedBy(2), this::watch);
      regularly(SubscriptionSettings.SNAPSHOT_INTERVAL, this::save);
      if (!settings.statsInterval().isZero()) {
        regularly(settings.statsInterval(), this::report);
      }
      connect();
    });
  }

  /** Tries the next balancer now, if none is connected. */
  public void retryNow() {
    context.execute(() -> {
      if (reconnect != null) {
        reconnect.cancel();
        connect();
      }
    });
  }

  @Override
  public void close() {
    context.execute(() -> {
      if (closed) {
        return;
      }
      closed = true;
      report();
      save();
      regular.forEach(ScheduledHandle::cancel);
      if (reconnect != null) {
        reconnect.cancel();
      }
      if (link != null) {
        link.leave(timer);
        link = null;
      }
    });
  }

  private void connect() {
    reconnect = null;
    if (closed) {
      return;
    }
    BalancerLink next = open(ring.next());
    link = next;
    answered = false;
    probing = false;
    heardNanos = ticker.nanos();
    next.subscribe(
        request(),
        message -> whileAt(next, () -> hear(next, message)),
        status -> whileAt(next, () -> fail(reason(status))));
  }

  private BalancerLink open(Address address) {
    return new BalancerLink(address, connect.apply(address));
  }

  private SubscribeRequest request() {
    SubscribeRequest.Builder request =
        SubscribeRequest.newBuilder()
            .setService(settings.service())
            .setClientId(settings.clientId());
    settings
        .loadInterval()
        .ifPresent(interval -> request.setLoadInterval(Durations.write(interval)));
    if (table != null && !nonsense) {
      request.setHave(table.version());
    }
    return request.build();
  }

  private void whileAt(BalancerLink at, Runnable step) {
    context.execute(() -> {
      if (link == at && !closed) {
        step.run();
      }
    });
  }

  private void hear(BalancerLink from, SubscribeResponse message) {
    heardNanos = ticker.nanos();
    answered = true;
    try {
      switch (message.getUpdateCase()) {
        case TABLE -> learn(KnownTable.of(settings.service(), message.getTable()), from);
        case DELTA -> learn(known().after(message.getDelta()), from);
        case LOADS -> learn(message.getLoads());
        case BALANCERS ->
            ring.learned(
                message.getBalancers().getAddressesList().stream().map(Address::parse).toList());
        case HEARTBEAT, TERMS -> {}
        case CATCH_UP -> throw new IllegalArgumentException("catch-up was not asked for");
        case UPDATE_NOT_SET ->
            // What a newer balancer may say to newer clients.
            LOG.log(System.Logger.Level.DEBUG, "an update of an unknown kind is ignored");
      }
      failures = 0;
      failed.clear();
      nonsense = false;
    } catch (IllegalArgumentException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "balancer {0} is left, since it says what makes no sense: {1}",
          from.address(),
          e.getMessage());
      // A table that its changes do not fit is not the one to resume from.
      nonsense = true;
      fail("it says what makes no sense: " + e.getMessage());
    }
  }

  private KnownTable known() {
    if (table == null) {
      throw new IllegalArgumentException("delta came first (expected: a table)");
    }
    return table;
  }

  private void learn(KnownTable newer, BalancerLink from) {
    unsaved = true;
    use(newer, "balancer " + from.address());
  }

  private void use(KnownTable newer, String source) {
    ServiceView seen = newer.view(subset, source);
    table = newer;
    view = seen;
    listener.updated(seen);
  }

  private void learn(LoadUpdate update) {
    ServiceView seen = view;
    if (seen == null) {
      return;
    }
    LoadCodec.read(
        update,
        ticker.nanos(),
        (number, report) ->
            known()
                .endpoint(number)
                .filter(endpoint -> seen.table().find(endpoint.id()).isPresent())
                .ifPresent(endpoint -> loads.reported(endpoint, report)));
  }

  /** A hung balancer neither speaks nor closes its connection: it is asked. */
  private void watch() {
    BalancerLink at = link;
    if (at == null || probing) {
      return;
    }
    Duration silent = Duration.ofNanos(ticker.nanos() - heardNanos);
    if (!answered && silent.compareTo(SubscriptionSettings.ANSWER_TIMEOUT) >= 0) {
      fail("no answer within " + SubscriptionSettings.ANSWER_TIMEOUT.toMillis() + " ms");
    } else if (answered && silent.compareTo(SubscriptionSettings.SILENCE) >= 0) {
      probing = true;
      at.probe(SubscriptionSettings.PROBE_TIMEOUT, status -> whileAt(at, () -> probed(status)));
    }
  }

  private void probed(Status status) {
    probing = false;
    if (HealthProbe.isNoAnswer(status)) {
      fail("it does not answer any more");
    } else {
      heardNanos = ticker.nanos();
    }
  }

  private void fail(String reason) {
    Address address = link == null ? null : link.address();
    hangUp();
    failures++;
    if (address != null) {
      failed.add(address, reason);
      LOG.log(System.Logger.Level.DEBUG, "balancer {0} is left: {1}", address, reason);
    }
    if (table == null) {
      startFromSnapshot();
    }
    if (table == null && failures % ring.size() == 0) {
      listener.unavailable(
          Status.UNAVAILABLE.withDescription(
              "no balancer gives the endpoints of service %s (%s)"
                  .formatted(settings.service(), failed)));
    }
    Duration pause = backoff.pause(failures, ring.size());
    reconnect = context.schedule(this::connect, pause.toNanos(), TimeUnit.NANOSECONDS, timer);
  }

  private void startFromSnapshot() {
    Optional<Table> snapshot = snapshots.load(settings.service());
    if (snapshot.isEmpty()) {
      return;
    }
    try {
      use(KnownTable.of(settings.service(), snapshot.get()), "the snapshot of an earlier run");
    } catch (IllegalArgumentException e) {
      LOG.log(System.Logger.Level.WARNING, "the snapshot is ignored: {0}", e.getMessage());
    }
  }

  private void hangUp() {
    if (link != null) {
      link.close();
      link = null;
    }
  }

  private void save() {
    KnownTable current = table;
    if (unsaved && current != null) {
      unsaved = false;
      blocking.execute(() -> snapshots.save(settings.service(), current.toWire()));
    }
  }

  private void report() {
    BalancerLink at = link;
    // What cannot be told now is part of the next report.
    if (at != null && answered && !settings.statsInterval().isZero() && at.takesReports()) {
      outcomes.sinceLast().forEach(at::report);
    }
  }

  private void regularly(Duration interval, Runnable step) {
    regular.add(context.scheduleWithFixedDelay(step, interval, interval, timer));
  }

  private static String reason(Status status) {
    Throwable cause = status.getCause();
    while (cause != null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String described = status.getDescription();
    String deepest = cause == null ? null : cause.getMessage();
    if (described == null) {
      return deepest == null ? status.getCode().name() : deepest;
    }
    return deepest == null || described.contains(deepest) ? described : deepest;
  }
}
