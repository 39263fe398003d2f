package dev.lookaside.trials.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.testing.time.Eventually;
import dev.lookaside.trials.bounds.BoundsFleet.Room;
import dev.lookaside.trials.bounds.Row.Registry;
import dev.lookaside.trials.bounds.Row.Victim;
import dev.lookaside.trials.bounds.misdeed.Deadline;
import dev.lookaside.trials.bounds.misdeed.Told;
import dev.lookaside.trials.process.Logs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One bad peer after the other at a balancer and a worker of a small heap, which have to outlive
 * all of them. {@code lab/trials/run bounds} has their full number, and figures.
 */
final class BoundsIT {
  private static final Path LOGS = Path.of("lab", "trials", "target", "bounds-it");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Nobody may fail for a machine that is slow. */
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private static final int CALLS_PER_SECOND = 20;
  private static final int CALLS = 15;

  /** Classes, code, threads and buffers included; the heap has 128 MB of it. */
  private static final long MOST_RESIDENT_MIB = 330;

  private static final Room SMALL =
      new Room(
          List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
          List.of("--lookaside.limits.connections=400", "--lookaside.limits.resets=500"),
          List.of("--worker.max-requests=100"));

  private static BoundsFleet fleet;
  private static SteadyPeer picks;
  private static SteadyPeer tasks;
  private static Resident balancer;
  private static Resident worker;

  @BeforeAll
  static void start() throws InterruptedException {
    fleet = BoundsFleet.start(Logs.emptied(LOGS), Registry.EMBEDDED, SMALL);
    balancer = new Resident(fleet.victim(Victim.BALANCER).pid());
    worker = new Resident(fleet.victim(Victim.WORKER).pid());
    picks =
        SteadyPeer.picking(fleet.wellBehaved(fleet.target().rpc()), CALLS_PER_SECOND, DEADLINE)
            .start();
    tasks =
        SteadyPeer.executing(fleet.wellBehaved(fleet.target().worker()), CALLS_PER_SECOND, DEADLINE)
            .start();
  }

  @AfterAll
  static void stop() {
    picks.close();
    tasks.close();
    balancer.close();
    worker.close();
    fleet.close();
  }

  @ParameterizedTest
  @MethodSource("dev.lookaside.trials.bounds.SmallRow#all")
  void aPeerThatTakesTooMuchIsToldSoAndTheOthersLoseNothing(SmallRow row) throws Exception {
    Told told = new Told();
    Deadline end = Deadline.in(PATIENCE);
    Thread peer = new Thread(() -> misbehave(row, told, end), row.name());
    peer.setDaemon(true);
    peer.start();

    awaitTold(row, told);
    awaitServed("picks meanwhile", picks);
    awaitServed("tasks meanwhile", tasks);
    end.enough();
    peer.join(PATIENCE.toMillis());

    System.out.printf(
        "bounds: %s: told %s; RSS balancer %d, worker %d MiB%n",
        row, told.summary(), balancer.peakMib(), worker.peakMib());
    assertThat(fleet.victim(Victim.BALANCER).isAlive()).isTrue();
    assertThat(fleet.victim(Victim.WORKER).isAlive()).isTrue();
    assertThat(balancer.peakMib()).isBetween(1L, MOST_RESIDENT_MIB);
    assertThat(worker.peakMib()).isBetween(1L, MOST_RESIDENT_MIB);
    awaitServed("picks afterwards", picks);
    awaitServed("tasks afterwards", tasks);
  }

  private static void awaitTold(SmallRow row, Told told) {
    try {
      Eventually.within(PATIENCE, row.told(), () -> told.includes(row.told()));
    } catch (AssertionError late) {
      throw new AssertionError("it was told " + told.summary(), late);
    }
  }

  /** Waits for some calls more, none of which may fail. */
  private static void awaitServed(String what, SteadyPeer peer) {
    AtomicLong done = new AtomicLong();
    Eventually.within(
        PATIENCE,
        what,
        () -> {
          Measured seen = peer.next();
          assertThat(seen.failure()).as(what).isEmpty();
          return done.addAndGet(seen.done()) >= CALLS;
        });
  }

  private static void misbehave(SmallRow row, Told told, Deadline end) {
    try {
      row.misdeed().commit(fleet.target(), told, end);
    } catch (Exception e) {
      told.add("the misdeed failed: " + e);
    }
  }
}
