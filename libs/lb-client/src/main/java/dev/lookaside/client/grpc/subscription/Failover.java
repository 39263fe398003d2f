package dev.lookaside.client.grpc.subscription;

import dev.lookaside.client.grpc.subscription.Phase.Connecting;
import dev.lookaside.client.grpc.subscription.Phase.Following;
import dev.lookaside.client.grpc.subscription.Phase.Stopped;
import dev.lookaside.client.grpc.subscription.Phase.Waiting;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.tls.UnbelievedServers;
import dev.lookaside.v1.SubscribeRequest;
import dev.lookaside.v1.SubscribeResponse;
import io.grpc.Status;
import io.grpc.SynchronizationContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Always at one balancer, and at the next one when that one ends the stream, falls silent, talks
 * nonsense or cannot even be dialed. Runs in one synchronization context.
 *
 * <pre>
 *   Waiting ─▶ Connecting ────(a table)────▶ Following
 *      ▲            │                              │
 *      └────────────┴──(end, silence, nonsense)────┘
 * </pre>
 */
final class Failover {

  /** How long a balancer must be followed before earlier failures are forgotten. */
  static final Duration STABLE = Duration.ofSeconds(10);

  private static final System.Logger LOG = System.getLogger(Failover.class.getName());

  /** Makes something of what a balancer says. */
  interface Follower {

    SubscribeRequest request();

    /** Any exception means that the message makes no sense: then the balancer is left. */
    void heard(SubscribeResponse message, Address from);

    /** A balancer was left or not even reached. */
    void failed();
  }

  private final BalancerRing ring;
  private final Attempts attempts;
  private final BalancerLink.Opener links;
  private final Clockwork clockwork;
  private final SynchronizationContext context;
  private final Follower follower;
  private final UnbelievedServers unbelieved;
  private Phase phase = new Stopped();
  private Optional<Duration> heartbeat = Optional.empty();

  Failover(
      BalancerRing ring,
      Attempts attempts,
      BalancerLink.Opener links,
      Clockwork clockwork,
      SynchronizationContext context,
      Follower follower) {
    this.ring = ring;
    this.attempts = attempts;
    this.links = links;
    this.clockwork = clockwork;
    this.context = context;
    this.follower = follower;
    this.unbelieved =
        new UnbelievedServers(
            clockwork.ticker(), line -> LOG.log(System.Logger.Level.WARNING, line));
  }

  void start() {
    connect();
  }

  /** Ends a pause. */
  void retryNow() {
    if (phase instanceof Waiting) {
      connect();
    }
  }

  /** The link to the balancer that is followed. */
  Optional<BalancerLink> link() {
    return phase instanceof Following following ? Optional.of(following.link()) : Optional.empty();
  }

  Attempts attempts() {
    return attempts;
  }

  /** A balancer told where balancers are. */
  void learned(List<Address> balancers) {
    ring.learned(balancers);
  }

  /** The balancer said how often it gives a sign of life at least. */
  void promised(Duration interval) {
    heartbeat = Optional.of(interval);
    if (phase instanceof Following following) {
      following.liveness().promised(interval);
    }
  }

  void stop() {
    enter(new Stopped()).where().ifPresent(BalancerLink::leave);
  }

  private void connect() {
    Address address = ring.next();
    try {
      connect(links.open(address));
    } catch (RuntimeException e) {
      // A name that cannot be dialed is one balancer less, not the end.
      phase.where().ifPresent(BalancerLink::close);
      failed(address, Reasons.of(e));
    }
  }

  private void connect(BalancerLink link) {
    Watchdog patience = new Watchdog(clockwork, context, link::aliveNanos, () -> silent(link));
    enter(new Connecting(link, patience));
    patience.watch(attempts.patience());
    heartbeat = Optional.empty();
    link.subscribe(follower.request(), new Ears(link));
  }

  private void silent(BalancerLink link) {
    fail(link, "no answer within " + attempts.patience().toMillis() + " ms");
  }

  private void hear(BalancerLink link, SubscribeResponse message) {
    try {
      follower.heard(message, link.address());
      if (phase instanceof Connecting && givesTable(message)) {
        follow(link);
      }
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.WARNING, "balancer {0} is left: {1}", link.address(), Reasons.of(e));
      fail(link, Reasons.of(e));
    }
    link.more();
  }

  /** Before that, a balancer that has much to do is still given its time. */
  private static boolean givesTable(SubscribeResponse message) {
    return switch (message.getUpdateCase()) {
      case TABLE, DELTA, CATCH_UP -> true;
      case LOADS, BALANCERS, HEARTBEAT, TERMS, UPDATE_NOT_SET -> false;
    };
  }

  private void follow(BalancerLink link) {
    Liveness liveness = new Liveness(link, clockwork, context, reason -> fail(link, reason));
    enter(new Following(link, liveness, clockwork.ticker().nanos()));
    liveness.start();
    heartbeat.ifPresent(liveness::promised);
  }

  /** The balancer wants this connection to end: that is no failure, unless it is all it does. */
  private void age(BalancerLink link) {
    if (forgetFailuresIfStable()) {
      link.close();
      connect();
    } else {
      fail(link, "it closed the connection");
    }
  }

  private void fail(BalancerLink link, String reason) {
    forgetFailuresIfStable();
    link.close();
    failed(link.address(), reason);
  }

  private boolean forgetFailuresIfStable() {
    boolean isStable =
        phase instanceof Following following
            && clockwork.ticker().nanos() - following.sinceNanos() >= STABLE.toNanos();
    if (isStable) {
      attempts.forget();
    }
    return isStable;
  }

  private void failed(Address address, String reason) {
    LOG.log(System.Logger.Level.DEBUG, "balancer {0} is left: {1}", address, reason);
    attempts.failed(address, reason, ring.size());
    enter(new Waiting(clockwork.after(attempts.pause(), context, this::connect)));
    follower.failed();
  }

  private Phase enter(Phase next) {
    Phase last = phase;
    last.leave();
    phase = next;
    return last;
  }

  private boolean isAt(BalancerLink link) {
    return phase.where().filter(link::equals).isPresent();
  }

  /** Hears of one link, as long as that is the one. */
  private final class Ears implements BalancerLink.Listener {
    private final BalancerLink link;

    Ears(BalancerLink link) {
      this.link = link;
    }

    @Override
    public void message(SubscribeResponse message) {
      whileAtLink(() -> hear(link, message));
    }

    @Override
    public void ended(Status status) {
      whileAtLink(() -> {
        unbelieved.failed("balancer " + link.address() + " is not followed", status);
        fail(link, Reasons.of(status));
      });
    }

    @Override
    public void aged() {
      whileAtLink(() -> age(link));
    }

    private void whileAtLink(Runnable step) {
      context.execute(() -> {
        if (isAt(link)) {
          step.run();
        }
      });
    }
  }
}
