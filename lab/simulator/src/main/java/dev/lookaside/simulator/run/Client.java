package dev.lookaside.simulator.run;

import dev.lookaside.simulator.engine.DelayLine;
import dev.lookaside.simulator.fleet.Member;
import dev.lookaside.simulator.fleet.Request;
import dev.lookaside.simulator.fleet.Request.Phase;
import dev.lookaside.simulator.scenario.ClientSettings;
import dev.lookaside.simulator.scenario.ClientSettings.OnTimeout;
import dev.lookaside.simulator.scenario.Distribution;
import dev.lookaside.simulator.strategy.Outcome;
import dev.lookaside.simulator.strategy.Outcome.Status;
import dev.lookaside.simulator.strategy.Strategy;
import dev.lookaside.simulator.strategy.World;
import java.util.random.RandomGenerator;

/** All clients: they ask the strategy, send, wait, try again and give up. */
final class Client {
  private final World world;
  private final ClientSettings settings;
  private final Strategy strategy;
  private final Measurements measurements;
  private final RequestPool pool = new RequestPool();
  private final Deadlines deadlines;
  private final DelayLine<Request> backoff;
  private final DelayLine<Outcome> outcomes;
  private final RandomGenerator balancerChoice;
  private final RandomGenerator outcomeChoice;
  private final RandomGenerator serverChance;
  private final RandomGenerator clientChoice;
  private final Keys keys;
  private final int balancers;
  private final double outcomeShare;

  Client(World world, Strategy strategy, Measurements measurements) {
    this.world = world;
    this.settings = world.scenario().client();
    this.strategy = strategy;
    this.measurements = measurements;
    this.deadlines = new Deadlines(world.agenda(), settings.timeout(), this::expired);
    this.backoff = new DelayLine<>(world.agenda(), settings.backoff(), this::tryAgain);
    this.outcomes =
        new DelayLine<>(world.agenda(), world.scenario().outcomes().delay(), strategy::ended);
    this.outcomeShare = world.scenario().outcomes().share();
    this.balancers = world.scenario().balancers().count();
    this.balancerChoice = world.streams().of("balancer-choice");
    this.clientChoice = world.streams().of("client-choice");
    this.keys = Keys.of(world.scenario().arrivals(), world.streams().of("keys"));
    this.outcomeChoice = world.streams().of("outcome-choice");
    this.serverChance = world.streams().of("server-chance");
  }

  /** Sends a new request. */
  void send(double workNanos) {
    Request request = pool.take(world.agenda().nanos(), workNanos);
    request.balancer = balancers == 1 ? 0 : balancerChoice.nextInt(balancers);
    request.client = clientChoice.nextInt(settings.count());
    request.key = keys.next();
    measurements.accepted(request);
    deadlines.add(request);
    attempt(request);
  }

  /** How many requests have not ended. */
  long waitingFor() {
    return deadlines.size();
  }

  private void attempt(Request request) {
    request.attempts++;
    request.server = Strategy.NONE;
    request.sentNanos = world.agenda().nanos();
    int server = strategy.pick(request);
    if (server == Strategy.WAIT) {
      request.phase = Phase.QUEUED;
    } else if (server == Strategy.NONE) {
      attemptFailed(request);
    } else {
      dispatch(request, world.fleet().member(server));
    }
  }

  private void dispatch(Request request, Member member) {
    request.server = member.index();
    request.incarnation = member.incarnation();
    request.willFail = false;
    if (member.presence() == Member.Presence.ABSENT) {
      attemptFailed(request);
      return;
    }
    Distribution ownWork = member.serviceTime();
    request.attemptWorkNanos =
        ownWork == null ? request.workNanos : ownWork.sampleNanos(serverChance);
    if (member.errorShare() > 0 && serverChance.nextDouble() < member.errorShare()) {
      request.willFail = true;
      request.attemptWorkNanos = member.errorWorkNanos();
    }
    request.phase = Phase.ON_SERVER;
    measurements.sent(member.index());
    member.server().accept(request);
  }

  /** Takes a request that a server has finished. */
  void done(Request request) {
    Member member = world.fleet().member(request.server);
    if (request.willFail) {
      member.meter().failed();
    }
    if (request.abandoned) {
      pool.giveBack(request);
    } else if (request.willFail) {
      attemptFailed(request);
    } else {
      tell(request, Status.OK);
      finish(request, Status.OK);
      pool.giveBack(request);
    }
    hasRoom(member);
  }

  /** Takes a request that a server has lost in a crash. */
  void lost(Request request) {
    if (request.abandoned) {
      pool.giveBack(request);
    } else {
      attemptFailed(request);
    }
  }

  /** A server may have got room for requests that wait centrally. */
  void hasRoom(Member member) {
    for (Request next = strategy.next(member); next != null; next = strategy.next(member)) {
      dispatch(next, member);
    }
  }

  private void attemptFailed(Request request) {
    request.phase = Phase.BACKING_OFF;
    if (request.server >= 0) {
      tell(request, Status.FAILED);
      request.failedOn.add(world.fleet().member(request.server).id());
    }
    if (request.attempts <= settings.retries()) {
      backoff.send(request);
    } else {
      finish(request, Status.FAILED);
      pool.giveBack(request);
    }
  }

  private void tryAgain(Request request) {
    if (request.abandoned) {
      pool.giveBack(request);
    } else {
      attempt(request);
    }
  }

  private void expired(Request request) {
    finish(request, Status.TIMED_OUT);
    switch (request.phase) {
      case ON_SERVER -> {
        tell(request, Status.TIMED_OUT);
        if (settings.onTimeout() == OnTimeout.CANCEL) {
          Member member = world.fleet().member(request.server);
          member.server().withdraw(request);
          pool.giveBack(request);
          hasRoom(member);
        } else {
          request.abandoned = true;
        }
      }
      case QUEUED -> {
        strategy.withdraw(request);
        pool.giveBack(request);
      }
      case BACKING_OFF -> request.abandoned = true;
      case NEW -> throw new IllegalStateException("a request that was never sent has expired");
    }
  }

  private void tell(Request request, Status status) {
    strategy.left(request, status);
    if (outcomeShare >= 1 || outcomeChoice.nextDouble() < outcomeShare) {
      outcomes.send(
          new Outcome(
              request.balancer,
              request.server,
              request.incarnation,
              world.agenda().nanos() - request.sentNanos,
              status));
    }
  }

  private void finish(Request request, Status status) {
    deadlines.remove(request);
    measurements.finished(request, status);
  }
}
