package dev.lookaside.trials.bounds;

import dev.lookaside.trials.bounds.Row.Victim;
import dev.lookaside.trials.process.Local;
import dev.lookaside.trials.process.Logs;
import dev.lookaside.trials.process.RunningApp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lets one bad peer loose against a new fleet, and watches what a well-behaved one notices. */
final class BoundsRun {
  private static final Duration STARTING = Duration.ofSeconds(30);
  private static final Duration AFTER = Duration.ofSeconds(3);
  private static final int PER_SECOND = 100;
  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final int KIB = 1_024;

  private final Path logs;
  private final Duration warmUp;
  private final Duration time;

  BoundsRun(Path logs, Duration warmUp, Duration time) {
    this.logs = Logs.emptied(logs);
    this.warmUp = warmUp;
    this.time = time;
  }

  Result of(Row row) throws InterruptedException {
    try (BoundsFleet fleet = BoundsFleet.start(logs, row.registry());
        SteadyPeer peer = steady(fleet, row.victim()).start()) {
      row.scene().prepare(fleet);
      sleep(warmUp);
      peer.next();
      sleep(time);
      return measure(row, fleet, peer, peer.next());
    }
  }

  private Result measure(Row row, BoundsFleet fleet, SteadyPeer peer, Measured calm)
      throws InterruptedException {
    RunningApp victim = fleet.victim(row.victim());
    try (Resident resident = new Resident(victim.pid());
        RunningApp bad = misbehaving(row, fleet)) {
      long before = resident.nowMib();
      long logBefore = victim.output().length();
      Local.await("the peer", STARTING, bad, () -> bad.output().contains(Misbehave.BEGUN));
      peer.next();
      long cpu = cpuNanos(victim);
      long start = System.nanoTime();
      sleep(time.dividedBy(2));
      String during = row.scene().during(fleet);
      sleep(time.minusNanos(Math.min(time.toNanos(), System.nanoTime() - start)));
      Measured trouble = peer.next();
      double cores = (double) (cpuNanos(victim) - cpu) / (System.nanoTime() - start);
      bad.join(STARTING);
      sleep(AFTER);
      long lost = trouble.failed() + peer.next().failed();
      long logKib = (victim.output().length() - logBefore) / KIB;
      var memory = new Result.Memory(before, resident.peakMib(), resident.nowMib());
      boolean isAlive = victim.isAlive();
      String seen =
          Stream.of(during, row.scene().after(fleet), trouble.failure())
              .filter(text -> !text.isEmpty())
              .collect(Collectors.joining("; "));
      return new Result(row, told(bad), calm, trouble, lost, memory, cores, logKib, isAlive, seen);
    }
  }

  private static String told(RunningApp bad) {
    return bad.output()
        .lines()
        .filter(line -> line.startsWith(Misbehave.TOLD))
        .reduce((first, second) -> second)
        .map(line -> line.substring(Misbehave.TOLD.length()))
        .orElseGet(bad::tail);
  }

  private static SteadyPeer steady(BoundsFleet fleet, Victim victim) {
    return switch (victim) {
      case BALANCER ->
          SteadyPeer.picking(fleet.wellBehaved(fleet.target().rpc()), PER_SECOND, DEADLINE);
      case WORKER ->
          SteadyPeer.executing(fleet.wellBehaved(fleet.target().worker()), PER_SECOND, DEADLINE);
    };
  }

  /** At the lowest priority: elsewhere it has processors of its own, and takes none from others. */
  private RunningApp misbehaving(Row row, BoundsFleet fleet) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "nice",
                "-n",
                "19",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.lookaside.trials.Trials"));
    command.addAll(Misbehave.arguments(row.name(), fleet.target(), time));
    return RunningApp.start("peer", logs, Path.of("").toAbsolutePath(), command);
  }

  private static long cpuNanos(RunningApp app) {
    return Optional.of(app.pid())
        .flatMap(ProcessHandle::of)
        .flatMap(process -> process.info().totalCpuDuration())
        .map(Duration::toNanos)
        .orElse(0L);
  }

  private static void sleep(Duration time) throws InterruptedException {
    Thread.sleep(Math.max(0, time.toMillis()));
  }
}
