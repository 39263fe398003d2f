package dev.lookaside.simulator.run;

import dev.lookaside.simulator.engine.Agenda;
import dev.lookaside.simulator.engine.Streams;
import dev.lookaside.simulator.engine.Timetable;
import dev.lookaside.simulator.fleet.Antagonist;
import dev.lookaside.simulator.fleet.Fleet;
import dev.lookaside.simulator.fleet.MachineSpeed;
import dev.lookaside.simulator.fleet.Member;
import dev.lookaside.simulator.fleet.Request;
import dev.lookaside.simulator.scenario.Scenario;
import dev.lookaside.simulator.strategy.Strategies;
import dev.lookaside.simulator.strategy.Strategy;
import dev.lookaside.simulator.strategy.World;
import java.time.Duration;
import java.util.function.DoubleConsumer;

/** One run: a scenario, a strategy and a seed give the same measurements every time. */
public final class Simulation {
  private static final int SLICES = 200;

  private final Scenario scenario;
  private final Agenda agenda = new Agenda();
  private final Timetable timetable;
  private final World world;
  private final Strategy strategy;
  private final Measurements measurements;
  private final ReportTicks reports;
  private final Client client;
  private final Usage usage;

  public Simulation(Scenario scenario, String strategyName, long seed) {
    this.scenario = scenario;
    this.timetable = new Timetable(agenda);
    Fleet fleet = new Fleet(agenda, scenario, this::done);
    this.world = new World(scenario, agenda, fleet, new Streams(seed));
    this.measurements = new Measurements(scenario, agenda, fleet.members().size());
    this.strategy = Strategies.create(strategyName, world);
    this.reports = new ReportTicks(world, strategy);
    this.client = new Client(world, strategy, measurements);
    this.usage = new Usage(agenda, fleet);
  }

  /** How many requests are expected to arrive in the run. */
  public static double expectedRequests(Scenario scenario) {
    return ArrivalSource.expected(scenario);
  }

  /**
   * Runs to the end, and on until every measured request has ended or its time is up.
   *
   * @param progress is told now and then which share of the run is done, 0 to 1
   */
  public Measurements run(DoubleConsumer progress) {
    start();
    long warmUp = scenario.warmUp().toNanos();
    long end = scenario.duration().toNanos();
    agenda.runUntil(warmUp);
    usage.start();
    for (int slice = 1; slice <= SLICES; slice++) {
      agenda.runUntil(warmUp + (long) ((double) (end - warmUp) * slice / SLICES));
      progress.accept((double) slice / SLICES);
    }
    measurements.usage(usage.end());
    long step = Math.max(1, patience().toNanos() / SLICES);
    long last = end + patience().toNanos();
    for (long now = end; measurements.measuredWaiting() > 0 && now < last; ) {
      now = Math.min(last, now + step);
      agenda.runUntil(now);
    }
    measurements.ejections(strategy.ejections());
    return measurements;
  }

  /** Requests that clients wait for now. */
  public long inSystem() {
    return client.waitingFor();
  }

  /** How long after the end a measured request is waited for. */
  private Duration patience() {
    Duration timeout = scenario.client().timeout();
    return timeout == null ? scenario.duration() : timeout;
  }

  private void start() {
    world
        .fleet()
        .onChange(member ->
            timetable.after(scenario.balancers().detection().toNanos(), () -> learn(member)));
    for (Member member : world.fleet().members()) {
      new MachineSpeed(agenda, member, world.streams().of("noise", member.index()), client::hasRoom)
          .start();
      new Antagonist(
              agenda, member, world.streams().of("antagonist", member.index()), client::hasRoom)
          .start();
    }
    new Faults(world, client, timetable).start();
    reports.start();
    ArrivalSource.of(scenario, agenda, world.streams(), client::send).start();
  }

  private void learn(Member member) {
    strategy.changed(member);
    reports.first(member);
  }

  private void done(Request request) {
    client.done(request);
  }
}
