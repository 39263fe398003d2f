package dev.lookaside.simulator.run;

import dev.lookaside.simulator.engine.Agenda;
import dev.lookaside.simulator.engine.Line;
import dev.lookaside.simulator.fleet.LoadSample;
import dev.lookaside.simulator.fleet.Member;
import dev.lookaside.simulator.strategy.Strategy;
import dev.lookaside.simulator.strategy.World;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The load reports of all servers to all balancers.
 *
 * <p>Each pair of server and balancer has its own phase within the interval, so the ticks come in
 * the same order in every interval: a sorted ring and one agenda entry serve them all.
 */
final class ReportTicks {

  private record Sent(int balancer, LoadSample sample) {}

  private final World world;
  private final int balancers;
  private final long intervalNanos;
  private final Line<Sent> onTheWay;
  private final Agenda.Entry next;
  private final long[] phases;
  private final int[] pairs;
  private int place;
  private long roundStartNanos;

  ReportTicks(World world, Strategy strategy) {
    this.world = world;
    this.balancers = world.scenario().balancers().count();
    this.intervalNanos = world.scenario().reports().interval().toNanos();
    this.onTheWay =
        new Network(world)
            .workerBalancer(
                "reports",
                world.scenario().reports().delay(),
                sent -> strategy.reported(sent.balancer(), sent.sample()));
    this.next = world.agenda().register(this::tick);
    int count = balancers * world.fleet().size();
    this.phases = new long[count];
    this.pairs = new int[count];
    RandomGenerator random = world.streams().of("report-phases");
    record Tick(int pair, long phase) {}
    Tick[] ticks = new Tick[count];
    for (int i = 0; i < count; i++) {
      ticks[i] = new Tick(i, random.nextLong(intervalNanos));
    }
    Arrays.sort(ticks, (a, b) -> Long.compare(a.phase(), b.phase()));
    for (int i = 0; i < count; i++) {
      pairs[i] = ticks[i].pair();
      phases[i] = ticks[i].phase();
    }
  }

  void start() {
    world.fleet().members().forEach(this::first);
    next.at(phases[0]);
  }

  /** The report that opens a stream: sent at once to every balancer. */
  void first(Member member) {
    for (int balancer = 0; balancer < balancers; balancer++) {
      send(member, balancer);
    }
  }

  private void tick() {
    int pair = pairs[place];
    send(world.fleet().member(pair / balancers), pair % balancers);
    if (++place == pairs.length) {
      place = 0;
      roundStartNanos += intervalNanos;
    }
    next.at(roundStartNanos + phases[place]);
  }

  private void send(Member member, int balancer) {
    if (member.reports()) {
      LoadSample sample = member.meter().sample(member.incarnation(), world.agenda().nanos());
      onTheWay.send(new Sent(balancer, sample));
    }
  }
}
