package dev.lookaside.simulator.fleet;

import dev.lookaside.simulator.engine.Agenda;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * A server that shares its cores equally among the requests that it runs.
 *
 * <p>With <em>n</em> running, <em>c</em> cores left to it by its antagonist and speed <em>s</em>,
 * each runs at the rate {@code s · min(1, c/n)}. The rate is the same for all, so one number, the
 * work that each has been given since the server was last idle, says how far all of them are: a
 * request finishes when that number reaches what it was at its start plus its own work. An arrival,
 * a departure or a change of capacity costs O(log n).
 *
 * <p>At most {@code concurrency} run at once and the others wait in order of arrival: unlimited, it
 * is processor sharing; with as many as it has cores, first come first served.
 */
public final class Server {
  private final Agenda agenda;
  private final int index;
  private final double cores;
  private final int concurrency;
  private final Consumer<Request> done;
  private final Agenda.Entry departure;

  private final RunningJobs running = new RunningJobs();
  private final ArrayDeque<Request> waiting = new ArrayDeque<>();
  private double effectiveCores;
  private double speed;

  private double given; // work per running request since the server was last idle
  private double sumOfFinishes;
  private double waitingWork;
  private long asOfNanos;
  private double usedCoreNanos;
  private double presentNanos;
  private long completed;

  /**
   * @param cores the cores allotted to it, which need not be whole
   * @param concurrency how many requests run at once, at least 1
   * @param done takes each request that finishes
   */
  public Server(
      Agenda agenda,
      int index,
      double cores,
      double speed,
      int concurrency,
      Consumer<Request> done) {
    this.agenda = agenda;
    this.index = index;
    this.cores = cores;
    this.effectiveCores = cores;
    this.speed = speed;
    this.concurrency = concurrency;
    this.done = done;
    this.departure = agenda.register(this::depart);
  }

  public int index() {
    return index;
  }

  public double cores() {
    return cores;
  }

  /** The cores that it has now: fewer than allotted when contended, more when the host is idle. */
  public double effectiveCores() {
    return effectiveCores;
  }

  public double speed() {
    return speed;
  }

  /** Requests running or waiting here. */
  public int inFlight() {
    return running.size() + waiting.size();
  }

  /** Whether one more request would run at full speed. */
  public boolean hasIdleCore() {
    return inFlight() + 1 <= Math.max(1, effectiveCores) && running.size() < concurrency;
  }

  /** The work left in all requests here. */
  public double remainingWorkNanos() {
    advance();
    return Math.max(0, sumOfFinishes - running.size() * given) + waitingWork;
  }

  /** The core time used so far. */
  public double usedCoreNanos() {
    advance();
    return usedCoreNanos;
  }

  /** The time that requests spent here so far, summed over all of them. */
  public double presentNanos() {
    advance();
    return presentNanos;
  }

  /** How many requests finished here so far. */
  public long completed() {
    return completed;
  }

  /** Says how many cores of which speed it has from now on. */
  public void resize(double newEffectiveCores, double newSpeed) {
    advance();
    effectiveCores = newEffectiveCores;
    speed = newSpeed;
    plan();
  }

  public void accept(Request request) {
    advance();
    if (running.size() < concurrency) {
      start(request);
      plan();
    } else {
      waiting.add(request);
      waitingWork += request.attemptWorkNanos;
    }
  }

  /** Takes back a request that is here. */
  public void withdraw(Request request) {
    advance();
    if (running.contains(request)) {
      stop(request);
      plan();
    } else if (waiting.remove(request)) {
      waitingWork -= request.attemptWorkNanos;
    } else {
      throw new IllegalStateException("the request is not on server " + index);
    }
  }

  /** Takes back every request that is here, and gives each to {@code lost}. */
  public void crash(Consumer<Request> lost) {
    while (running.size() > 0) {
      Request request = running.any();
      withdraw(request);
      lost.accept(request);
    }
  }

  private void depart() {
    advance();
    Request request = running.first();
    stop(request);
    plan();
    completed++;
    done.accept(request);
  }

  private void start(Request request) {
    request.finish = given + request.attemptWorkNanos;
    sumOfFinishes += request.finish;
    running.add(request);
  }

  private void stop(Request request) {
    running.remove(request);
    sumOfFinishes -= request.finish;
    Request next = waiting.poll();
    if (next != null) {
      waitingWork -= next.attemptWorkNanos;
      start(next);
    } else if (running.size() == 0) {
      given = 0;
      sumOfFinishes = 0;
      waitingWork = 0;
    }
  }

  private double rate() {
    int n = running.size();
    return n <= effectiveCores ? speed : speed * effectiveCores / n;
  }

  private void advance() {
    long now = agenda.nanos();
    if (now == asOfNanos) {
      return;
    }
    if (running.size() > 0) {
      long elapsed = now - asOfNanos;
      given += elapsed * rate();
      usedCoreNanos += elapsed * Math.min(running.size(), effectiveCores);
      presentNanos += elapsed * (double) inFlight();
    }
    asOfNanos = now;
  }

  private void plan() {
    double rate = rate();
    if (running.size() == 0 || rate <= 0) {
      departure.cancel();
      return;
    }
    double left = Math.max(0, running.first().finish - given) / rate;
    departure.at(agenda.nanos() + (long) Math.min(Math.ceil(left), Agenda.NEVER));
  }
}
