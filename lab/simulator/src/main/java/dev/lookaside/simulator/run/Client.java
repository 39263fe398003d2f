package dev.lookaside.simulator.run;

import dev.lookaside.simulator.engine.DelayLine;
import dev.lookaside.simulator.engine.Line;
import dev.lookaside.simulator.fleet.Member;
import dev.lookaside.simulator.fleet.Request;
import dev.lookaside.simulator.fleet.Request.Phase;
import dev.lookaside.simulator.scenario.ClientSettings;
import dev.lookaside.simulator.scenario.ClientSettings.OnTimeout;
import dev.lookaside.simulator.strategy.Outcome.Status;
import dev.lookaside.simulator.strategy.Strategy;
import dev.lookaside.simulator.strategy.Strategy.Place;
import dev.lookaside.simulator.strategy.World;
import java.util.random.RandomGenerator;

/**
 * All clients: they ask for a server, send, wait, try again and give up. The steps of an attempt
 * stand in the order in which they happen, each at the place that its comment names.
 */
final class Client {
  private final World world;
  private final ClientSettings settings;
  private final Strategy strategy;
  private final Measurements measurements;
  private final Work work;
  private final RequestPool pool = new RequestPool();
  private final Deadlines deadlines;
  private final Line<Request> backoff;
  private final Line<Request> questions;
  private final Line<Request> answers;
  private final Line<Request> requests;
  private final Line<Request> responses;
  private final Tellers tellers;
  private final RandomGenerator balancerChoice;
  private final RandomGenerator clientChoice;
  private final Keys keys;
  private final int balancers;

  Client(World world, Strategy strategy, Measurements measurements) {
    this.world = world;
    this.settings = world.scenario().client();
    this.strategy = strategy;
    this.measurements = measurements;
    this.work = new Work(world, measurements);
    this.deadlines = new Deadlines(world.agenda(), settings.timeout(), this::expired);
    this.backoff = new DelayLine<>(world.agenda(), settings.backoff(), this::tryAgain);
    Network network = new Network(world);
    this.questions = network.clientBalancer("questions", this::asked);
    this.answers = network.clientBalancer("answers", this::answered);
    this.requests = network.clientWorker("requests", this::reached);
    this.responses = network.clientWorker("responses", this::returned);
    this.tellers = new Tellers(world, network, strategy);
    this.balancers = world.scenario().balancers().count();
    this.balancerChoice = world.streams().of("balancer-choice");
    this.clientChoice = world.streams().of("client-choice");
    this.keys = Keys.of(world.scenario().arrivals(), world.streams().of("keys"));
  }

  /** Sends a new request. */
  void send(double workNanos) {
    Request request = pool.take(world.agenda().nanos(), workNanos);
    request.balancer = balancers == 1 ? 0 : balancerChoice.nextInt(balancers);
    request.client = clientChoice.nextInt(settings.count());
    request.key = keys.next();
    work.prepare(request);
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
    if (strategy.place() == Place.CLIENT) {
      choose(request);
    } else {
      request.phase = Phase.ASKING;
      questions.send(request);
    }
  }

  /** At the balancer. */
  private void asked(Request request) {
    if (request.abandoned) {
      pool.giveBack(request);
    } else {
      choose(request);
    }
  }

  private void choose(Request request) {
    request.pickedNanos = world.agenda().nanos();
    int server = strategy.pick(request);
    if (server == Strategy.WAIT) {
      request.phase = Phase.QUEUED;
    } else {
      chosen(request, server);
    }
  }

  /** Where it is chosen: at the balancer, or at the client itself. */
  private void chosen(Request request, int server) {
    request.phase = Phase.TRAVELLING;
    request.server = server;
    if (server != Strategy.NONE) {
      Member member = world.fleet().member(server);
      request.incarnation = member.incarnation();
      member.server().expect(request);
    }
    if (strategy.place() == Place.CLIENT) {
      answered(request);
    } else {
      answers.send(request);
    }
  }

  /** At the client. */
  private void answered(Request request) {
    if (request.server == Strategy.NONE) {
      attemptEnded(request);
    } else {
      request.sentNanos = world.agenda().nanos();
      requests.send(request);
    }
  }

  /** At the server. */
  private void reached(Request request) {
    Member member = world.fleet().member(request.server);
    member.server().expectNoMore(request);
    if (request.abandoned && settings.onTimeout() == OnTimeout.CANCEL) {
      pool.giveBack(request);
    } else if (member.presence() == Member.Presence.ABSENT) {
      request.willFail = true;
      responses.send(request);
    } else {
      work.begin(request, member);
      request.phase = Phase.ON_SERVER;
      measurements.sent(member.index());
      member.server().accept(request);
    }
  }

  /** At the server: takes a request that it has finished. */
  void done(Request request) {
    Member member = world.fleet().member(request.server);
    if (request.willFail) {
      member.meter().failed();
    }
    request.finishedNanos = world.agenda().nanos();
    respond(request);
    hasRoom(member);
  }

  /** At the server: takes a request that it has lost in a crash. */
  void lost(Request request) {
    request.willFail = true;
    respond(request);
  }

  private void respond(Request request) {
    request.phase = Phase.TRAVELLING;
    responses.send(request);
  }

  /** At the server: it may have got room for requests that wait centrally. */
  void hasRoom(Member member) {
    for (Request next = strategy.next(member); next != null; next = strategy.next(member)) {
      chosen(next, member.index());
    }
  }

  /** At the client. */
  private void returned(Request request) {
    attemptEnded(request);
  }

  private void attemptEnded(Request request) {
    if (request.abandoned) {
      pool.giveBack(request);
    } else if (request.server == Strategy.NONE || request.willFail) {
      attemptFailed(request);
    } else {
      tellers.tell(request, Status.OK);
      finish(request, Status.OK);
      pool.giveBack(request);
    }
  }

  private void attemptFailed(Request request) {
    request.phase = Phase.BACKING_OFF;
    if (request.server >= 0) {
      tellers.tell(request, Status.FAILED);
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
      request.willFail = false;
      attempt(request);
    }
  }

  private void expired(Request request) {
    finish(request, Status.TIMED_OUT);
    switch (request.phase) {
      case ON_SERVER -> {
        tellers.tell(request, Status.TIMED_OUT);
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
      case TRAVELLING -> {
        if (request.server != Strategy.NONE) {
          tellers.tell(request, Status.TIMED_OUT);
        }
        request.abandoned = true;
      }
      case ASKING, BACKING_OFF -> request.abandoned = true;
      case NEW -> throw new IllegalStateException("a request that was never sent has expired");
    }
  }

  private void finish(Request request, Status status) {
    deadlines.remove(request);
    measurements.finished(request, status);
  }
}
