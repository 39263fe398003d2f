package dev.lookaside.client.grpc.subscription;

import dev.lookaside.client.grpc.outcome.Tallies;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.v1.SubscribeRequest;
import dev.lookaside.v1.SubscribeResponse;
import dev.lookaside.v1.Table;
import dev.lookaside.wire.Durations;
import dev.lookaside.wire.LocalityCodec;
import dev.lookaside.wire.SubscriptionTerms;
import dev.lookaside.wire.Subset;
import dev.lookaside.wire.TermsCodec;
import io.grpc.Status;
import io.grpc.SynchronizationContext;
import io.grpc.SynchronizationContext.ScheduledHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The subscription of one service, for as many channels as go by it: {@link Failover} finds a
 * balancer, {@link Knowledge} keeps what it said, {@link Listeners} tells the channels.
 *
 * <p>What was learned is kept while no balancer can be reached, however long that takes. Everything
 * happens in one synchronization context, so the fields need no lock.
 */
public final class Subscription implements AutoCloseable {

  /** Is told what changes, one call after the other. */
  public interface Listener {

    void updated(ServiceView view);

    /** No balancer gives a table, and none is known from before. */
    void unavailable(Status status);
  }

  /** How long the lack of a table is not yet an error, though all balancers have failed. */
  static final Duration INDULGENCE = Duration.ofSeconds(5);

  static final Duration SNAPSHOT_INTERVAL = Duration.ofSeconds(1);

  private static final System.Logger LOG = System.getLogger(Subscription.class.getName());

  private final SubscriptionSettings settings;
  private final Clockwork clockwork;
  private final SynchronizationContext context =
      new SynchronizationContext((thread, error) ->
          LOG.log(System.Logger.Level.ERROR, "an update of the subscription failed", error));
  private final Listeners listeners = new Listeners();
  private final LoadTracker loads;
  private final Knowledge knowledge;
  private final SnapshotKeeper snapshots;
  private final OutcomeReports outcomes;
  private final Failover failover;
  private final List<ScheduledHandle> regular = new ArrayList<>();
  private long startedNanos;

  /**
   * Does nothing until it is started.
   *
   * @param links opens connections to balancers
   * @param loads is told what balancers say of loads
   * @param tallies what is reported to them
   */
  public Subscription(
      SubscriptionSettings settings,
      BalancerLink.Opener links,
      Snapshots snapshots,
      LoadTracker loads,
      Tallies tallies,
      Clockwork clockwork) {
    this.settings = settings;
    this.clockwork = clockwork;
    String service = settings.service();
    this.loads = loads;
    this.knowledge =
        new Knowledge(
            service,
            new Vantage(
                new Subset(settings.clientId(), settings.subsetSize()), settings.locality()),
            loads,
            clockwork.ticker(),
            this::hasChoice);
    this.snapshots = new SnapshotKeeper(service, snapshots, clockwork.blocking(), context);
    this.outcomes = new OutcomeReports(service, settings.clientId(), tallies, clockwork.ticker());
    this.failover =
        new Failover(
            new BalancerRing(settings.balancers(), clockwork.random()),
            new Attempts(clockwork.random()),
            links,
            clockwork,
            context,
            new Student());
  }

  public void start() {
    context.execute(() -> {
      startedNanos = clockwork.ticker().nanos();
      regularly(SNAPSHOT_INTERVAL, this::save);
      if (!settings.statsInterval().isZero()) {
        regularly(settings.statsInterval(), this::report);
      }
      failover.start();
    });
  }

  /** Whoever is added is told at once what is known, if anything is. */
  public void add(Listener listener) {
    context.execute(() -> listeners.add(listener));
  }

  public void remove(Listener listener) {
    context.execute(() -> listeners.remove(listener));
  }

  /** Tries the next balancer now, if none is being asked. */
  public void retryNow() {
    context.execute(failover::retryNow);
  }

  @Override
  public void close() {
    context.execute(() -> {
      report();
      save();
      regular.forEach(ScheduledHandle::cancel);
      regular.clear();
      failover.stop();
    });
  }

  private void regularly(Duration interval, Runnable step) {
    regular.add(context.scheduleWithFixedDelay(step, interval, interval, clockwork.timer()));
  }

  /** Until all balancers have failed, there may be a better one. */
  private boolean hasChoice() {
    return failover.attempts().rounds() == 0;
  }

  private void save() {
    snapshots.saveIfChanged(knowledge::toWire);
  }

  private void report() {
    // What cannot be told now is part of the next report.
    failover
        .link()
        .filter(link -> !settings.statsInterval().isZero() && link.takesReports())
        .ifPresent(link -> outcomes.tell(link::report));
  }

  private void startFrom(Optional<Table> snapshot) {
    if (knowledge.isEmpty() && snapshot.isPresent()) {
      try {
        knowledge
            .learn(snapshot.get(), "the snapshot of an earlier run")
            .ifPresent(listeners::updated);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "the snapshot is ignored: {0}", Reasons.of(e));
      }
    }
    complainIfNothingIsKnown();
  }

  private void complainIfNothingIsKnown() {
    Attempts attempts = failover.attempts();
    boolean isLongEnough =
        clockwork.ticker().nanos() - startedNanos >= INDULGENCE.toNanos() && attempts.rounds() > 0;
    if (knowledge.isEmpty() && snapshots.isFetched() && isLongEnough) {
      listeners.unavailable(
          Status.UNAVAILABLE.withDescription(
              "no balancer gives the endpoints of service %s (%s)"
                  .formatted(settings.service(), attempts)));
    }
  }

  /** Learns from whichever balancer is followed. */
  private final class Student implements Failover.Follower {

    @Override
    public SubscribeRequest request() {
      SubscribeRequest.Builder request =
          SubscribeRequest.newBuilder()
              .setService(settings.service())
              .setClientId(settings.clientId())
              .setSubsetSize(settings.subsetSize())
              .setLocality(LocalityCodec.write(settings.locality()));
      settings
          .loadInterval()
          .ifPresent(interval -> request.setLoadInterval(Durations.write(interval)));
      knowledge.resume(request);
      return request.build();
    }

    @Override
    public void heard(SubscribeResponse message, Address from) {
      switch (message.getUpdateCase()) {
        case TABLE -> learned(knowledge.learn(message.getTable(), "balancer " + from));
        case DELTA -> learned(knowledge.learn(message.getDelta(), "balancer " + from));
        case CATCH_UP -> learned(knowledge.learn(message.getCatchUp(), "balancer " + from));
        case LOADS -> knowledge.learn(message.getLoads());
        case HEARTBEAT -> knowledge.confirmed(message.getHeartbeat().getView());
        case TERMS -> agree(TermsCodec.read(message.getTerms()));
        case BALANCERS -> failover.learned(Balancers.read(message.getBalancers()));
        case UPDATE_NOT_SET ->
            // What a newer balancer may say to newer clients.
            LOG.log(System.Logger.Level.DEBUG, "an update of an unknown kind is ignored");
      }
    }

    private void agree(SubscriptionTerms terms) {
      failover.promised(terms.heartbeatInterval());
      loads.expireReportsAfter(terms.loadExpiry());
    }

    private void learned(Optional<ServiceView> newView) {
      snapshots.changed();
      newView.ifPresent(listeners::updated);
    }

    @Override
    public void failed() {
      if (knowledge.isEmpty()) {
        snapshots.fetch(Subscription.this::startFrom);
        complainIfNothingIsKnown();
      }
    }
  }
}
