package dev.lookaside.simulator.fleet;

import dev.lookaside.simulator.engine.Agenda;
import dev.lookaside.simulator.scenario.ServerGroup;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * A server that shares its cores equally among the requests that compute.
 *
 * <p>With <em>n</em> computing, <em>c</em> cores left to it by its antagonist and speed <em>s</em>,
 * each runs at the rate {@code s · min(1, c/n) / (1 + a · (n - 1))}, where <em>a</em> says how much
 * slower each of a batch makes the others, 0 for most servers. The rate is the same for all, so one
 * number, the work that each has been given since the server was last idle, says how far all of
 * them are: a request finishes when that number reaches what it was at its start plus its own work.
 * An arrival, a departure or a change of capacity costs O(log n).
 *
 * <p>At most {@code concurrency} run at once and the others wait in order of arrival: unlimited, it
 * is processor sharing; with as many as it has cores, first come first served. Those that wait for
 * something else (a database) count among them, but take no core.
 */
public final class Server {
  private final Agenda agenda;
  private final int index;
  private final double cores;
  private final int concurrency;
  private final double batchSlowdown;
  private final Consumer<Request> done;
  private final Agenda.Entry departure;

  private final RunningJobs running = new RunningJobs();
  private final RunningJobs sleeping = new RunningJobs();
  private final ArrayDeque<Request> waiting = new ArrayDeque<>();
  private double effectiveCores;
  private double speed;

  private double given; // work per running request since the server was last without one
  private double sumOfFinishes;
  private double otherWork; // of those that wait or sleep
  private int expected;
  private int expectedToCompute;
  private double expectedWork;
  private long asOfNanos;
  private double usedCoreNanos;
  private double presentNanos;
  private long completed;

  /**
   * @param group says what it is like
   * @param done takes each request that finishes
   */
  public Server(Agenda agenda, int index, ServerGroup group, Consumer<Request> done) {
    this.agenda = agenda;
    this.index = index;
    this.cores = group.cores();
    this.effectiveCores = group.cores();
    this.speed = group.speed();
    this.concurrency = group.concurrency();
    this.batchSlowdown = group.batchSlowdown();
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

  /** Requests here. */
  public int inFlight() {
    return active() + waiting.size();
  }

  /** Requests here and on their way here. */
  public int assigned() {
    return inFlight() + expected;
  }

  /** The speed of one more request, if it has a core for itself. */
  public double speedOfNext() {
    return speed / batchFactor(Math.min(assigned() + 1.0, concurrency));
  }

  /** The work that it can do in a unit of time, at most. */
  public double throughput() {
    double most = Math.min(effectiveCores, concurrency);
    return speed * most / batchFactor(most);
  }

  /**
   * Whether one more request would have a core for itself; those that wait for others need none.
   */
  public boolean hasIdleCore() {
    int computing = running.size() + waiting.size() + expectedToCompute;
    return computing + 1 <= Math.max(1, effectiveCores) && hasRoom();
  }

  /** Whether one more request would begin at once. */
  public boolean hasRoom() {
    return assigned() < concurrency;
  }

  /** The work left in all requests here and on their way here. */
  public double remainingWorkNanos() {
    advance();
    return Math.max(0, sumOfFinishes - running.size() * given) + otherWork + expectedWork;
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

  /** Notes that a request is on its way here. */
  public void expect(Request request) {
    expected++;
    expectedToCompute += request.workNanos > 0 ? 1 : 0;
    expectedWork += request.workNanos;
  }

  /** Notes that a request is no longer on its way here. */
  public void expectNoMore(Request request) {
    expected--;
    expectedToCompute -= request.workNanos > 0 ? 1 : 0;
    expectedWork = expected == 0 ? 0 : expectedWork - request.workNanos;
  }

  public void accept(Request request) {
    advance();
    if (active() < concurrency) {
      start(request);
      plan();
    } else {
      waiting.add(request);
      otherWork += request.attemptWorkNanos;
    }
  }

  /** Takes back a request that is here. */
  public void withdraw(Request request) {
    advance();
    if (running.contains(request)) {
      stop(request);
      startNext();
      plan();
    } else if (sleeping.contains(request)) {
      wake(request);
      startNext();
      plan();
    } else if (waiting.remove(request)) {
      otherWork -= request.attemptWorkNanos;
    } else {
      throw new IllegalStateException("the request is not on server " + index);
    }
  }

  /** Takes back every request that is here, and gives each to {@code lost}. */
  public void crash(Consumer<Request> lost) {
    while (active() > 0) {
      Request request = running.size() > 0 ? running.any() : sleeping.any();
      withdraw(request);
      lost.accept(request);
    }
  }

  private int active() {
    return running.size() + sleeping.size();
  }

  private void depart() {
    advance();
    Request request;
    if (sleeping.size() > 0 && sleeping.first().finish <= agenda.nanos()) {
      request = sleeping.first();
      wake(request);
      if (request.attemptWorkNanos > 0) {
        compute(request);
        plan();
        return;
      }
    } else {
      request = running.first();
      stop(request);
    }
    startNext();
    plan();
    completed++;
    done.accept(request);
  }

  private void start(Request request) {
    if (request.attemptWaitNanos > 0) {
      request.finish = agenda.nanos() + Math.ceil(request.attemptWaitNanos);
      otherWork += request.attemptWorkNanos;
      sleeping.add(request);
    } else {
      compute(request);
    }
  }

  private void compute(Request request) {
    request.finish = given + request.attemptWorkNanos;
    sumOfFinishes += request.finish;
    running.add(request);
  }

  private void wake(Request request) {
    sleeping.remove(request);
    otherWork -= request.attemptWorkNanos;
  }

  private void stop(Request request) {
    running.remove(request);
    sumOfFinishes -= request.finish;
  }

  private void startNext() {
    Request next = active() < concurrency ? waiting.poll() : null;
    if (next != null) {
      otherWork -= next.attemptWorkNanos;
      start(next);
    }
    if (running.size() == 0) {
      given = 0;
      sumOfFinishes = 0;
    }
    if (inFlight() == 0) {
      otherWork = 0;
    }
  }

  private double rate() {
    int n = running.size();
    return n <= effectiveCores
        ? speed / batchFactor(n)
        : speed * effectiveCores / n / batchFactor(n);
  }

  private double batchFactor(double n) {
    return batchSlowdown == 0 ? 1 : 1 + batchSlowdown * Math.max(0, n - 1);
  }

  private void advance() {
    long now = agenda.nanos();
    if (now == asOfNanos) {
      return;
    }
    int present = inFlight();
    if (present > 0) {
      long elapsed = now - asOfNanos;
      if (running.size() > 0) {
        given += elapsed * rate();
        usedCoreNanos += elapsed * Math.min(running.size(), effectiveCores);
      }
      presentNanos += elapsed * (double) present;
    }
    asOfNanos = now;
  }

  private void plan() {
    if (speed <= 0) {
      departure.cancel();
      return;
    }
    double due = sleeping.size() > 0 ? sleeping.first().finish : Agenda.NEVER;
    double rate = rate();
    if (running.size() > 0 && rate > 0) {
      double left = Math.max(0, running.first().finish - given) / rate;
      due = Math.min(due, agenda.nanos() + Math.ceil(left));
    }
    if (due < Agenda.NEVER) {
      departure.at((long) due);
    } else {
      departure.cancel();
    }
  }
}
