package dev.lookaside.client.load;

import dev.lookaside.client.task.Task;
import dev.lookaside.core.time.Ticker;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Carries out a plan, once.
 *
 * <p>With a rate, latency is measured from the time at which a task was to start, not from when it
 * did: a generator that stalls together with what it measures would otherwise leave the stall out
 * ("coordinated omission").
 */
public final class LoadRun {

  /** In an open loop, tasks beyond this wait inside the generator, and their clock runs. */
  static final int MOST_IN_FLIGHT = 10_000;

  /** A stop is noticed so soon, however long it is to the next task. */
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final LoadPlan plan;
  private final Sender sender;
  private final Runnable ended;
  private final RandomGenerator random;
  private final Ticker ticker;
  private final Tally tally;
  private final Tickets tickets;
  private final long startNanos;
  private final long countedFrom;
  // One party for whoever waits for the end, one for each closed loop or task in flight.
  private final Phaser inFlight = new Phaser(1);

  /**
   * @param ended runs whenever a task has ended, on any thread
   */
  public LoadRun(
      LoadPlan plan, Sender sender, Runnable ended, RandomGenerator random, Ticker ticker) {
    this.plan = plan;
    this.sender = sender;
    this.ended = ended;
    this.random = random;
    this.ticker = ticker;
    this.tally = new Tally(plan.mix());
    this.tickets = new Tickets(plan.requests(), plan.sending(), ticker);
    this.startNanos = ticker.nanos();
    this.countedFrom = startNanos + plan.warmUp().toNanos();
  }

  /** Sends it all, and waits for the last answer. */
  public LoadSummary run() {
    if (plan.rate().isPresent()) {
      openLoop(plan.rate().getAsDouble());
    } else {
      for (int i = 1; i <= plan.clients(); i++) {
        inFlight.register();
        closedLoop("client" + i);
      }
      inFlight.arriveAndAwaitAdvance();
    }
    return tally.summary(plan.clients(), sending());
  }

  /** Sends no more, and cancels what is on its way; {@link #run} then returns. */
  public void stop() {
    tickets.stop();
    sender.cancelAll();
  }

  private Duration sending() {
    long untilNow = ticker.nanos() - startNanos;
    long end = plan.allAtOnce() ? untilNow : tickets.ended().orElse(untilNow);
    return Duration.ofNanos(Math.max(0, end - plan.warmUp().toNanos()));
  }

  /** Sends until a task does not end at once, and goes on when it ends. */
  private void closedLoop(String clientId) {
    while (tickets.take()) {
      CompletableFuture<?> sent = send(clientId, ticker.nanos());
      if (!sent.isDone()) {
        var unused = sent.thenRun(() -> closedLoop(clientId));
        return;
      }
    }
    inFlight.arriveAndDeregister();
  }

  private void openLoop(double perSecond) {
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    try {
      inFlight.register();
      timer.execute(() -> sendDue(0, perSecond, timer));
      inFlight.arriveAndAwaitAdvance();
    } finally {
      timer.shutdownNow();
    }
  }

  /** Sends all tasks that are due from number {@code next} on, and comes back for the others. */
  private void sendDue(long next, double perSecond, ScheduledExecutorService timer) {
    long number = next;
    while (true) {
      long intendedNanos = (long) (number / perSecond * TimeUnit.SECONDS.toNanos(1));
      long early = startNanos + intendedNanos - ticker.nanos();
      boolean full = inFlight.getRegisteredParties() > MOST_IN_FLIGHT;
      if ((early > 0 || full) && tickets.left(intendedNanos)) {
        long pause = full ? Math.max(early, TimeUnit.MILLISECONDS.toNanos(1)) : early;
        long from = number;
        var unused =
            timer.schedule(
                () -> sendDue(from, perSecond, timer),
                Math.min(pause, LONGEST_PAUSE_NANOS),
                TimeUnit.NANOSECONDS);
        return;
      }
      if (!tickets.takeFor(intendedNanos)) {
        inFlight.arriveAndDeregister();
        return;
      }
      inFlight.register();
      String clientId = "client" + (number % plan.clients() + 1);
      var unused =
          send(clientId, startNanos + intendedNanos).thenRun(inFlight::arriveAndDeregister);
      number++;
    }
  }

  /** Completes when the task has ended and is counted, never exceptionally. */
  private CompletableFuture<?> send(String clientId, long intendedNanos) {
    String task = plan.mix().draw(random);
    return attempt(task, clientId)
        .thenAccept(sent -> count(task, sent, intendedNanos))
        // Whatever becomes of a listener, the run goes on.
        .exceptionally(error -> null);
  }

  /** A sender that throws has not done the task: it failed like any other. */
  private CompletableFuture<Sent> attempt(String task, String clientId) {
    try {
      return sender.send(new Task(task, clientId)).exceptionally(LoadRun::broken);
    } catch (RuntimeException | Error error) {
      return CompletableFuture.completedFuture(broken(error));
    }
  }

  private static Sent broken(Throwable error) {
    return new Sent(List.of(), new Sent.End.Failed(Status.INTERNAL.withCause(error)));
  }

  private void count(String task, Sent sent, long intendedNanos) {
    long now = ticker.nanos();
    boolean sending = plan.allAtOnce() || tickets.sendingAt(now - startNanos);
    if (sent.end() instanceof Sent.End.Done && now - countedFrom >= 0 && sending) {
      tally.doneWhileSending();
    }
    if (intendedNanos - countedFrom >= 0) {
      tally.count(task, sent, intendedNanos - countedFrom, now - intendedNanos);
    }
    ended.run();
  }
}
