package dev.lookaside.simulator.strategy;

import dev.lookaside.core.control.ControlSettings;
import dev.lookaside.core.control.Controlled;
import dev.lookaside.core.control.ControlledWeights;
import dev.lookaside.core.control.Reading;
import dev.lookaside.core.control.WeightController;
import dev.lookaside.core.endpoint.Incarnation;
import dev.lookaside.simulator.engine.Agenda;
import dev.lookaside.simulator.fleet.LoadSample;
import dev.lookaside.simulator.fleet.Member;
import dev.lookaside.simulator.fleet.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What clients do that know no policy but weights, as over xDS: turns by the weights of the
 * product's {@link WeightController}, which change once in a period. As with {@link Robinhood}, one
 * balancer computes them for all, from the mean of the reports of a period.
 */
final class ControlledTurns implements Strategy {
  static final String OF_2_S = "weights-2s";
  static final String OF_5_S = "weights-5s";

  private final WeightController controller = new WeightController(ControlSettings.defaults());
  private final KnownMembers members;
  private final Agenda agenda;
  private final Agenda.Entry next;
  private final long periodNanos;
  private final double[] capacity;
  private final SmoothWeights[] turns;
  private ControlledWeights weights = ControlledWeights.NONE;
  // Of the reports of this period, by server.
  private final int[] incarnation;
  private final double[] utilization;
  private final double[] rate;
  private final int[] count;

  ControlledTurns(World world, Duration period) {
    int servers = world.fleet().size();
    this.members = new KnownMembers(world.fleet());
    this.agenda = world.agenda();
    this.next = agenda.register(this::adjust);
    this.periodNanos = period.toNanos();
    this.capacity =
        world.fleet().members().stream().mapToDouble(member -> member.group().capacity()).toArray();
    this.incarnation = new int[servers];
    this.utilization = new double[servers];
    this.rate = new double[servers];
    this.count = new int[servers];
    this.turns = new SmoothWeights[world.scenario().balancers().count()];
    for (int balancer = 0; balancer < turns.length; balancer++) {
      turns[balancer] = new SmoothWeights(servers);
    }
    adjust();
  }

  @Override
  public int pick(Request request) {
    return turns[request.balancer].next(members, members.wanted(request));
  }

  @Override
  public void reported(int balancer, LoadSample sample) {
    if (balancer == 0) {
      int server = sample.server();
      if (incarnation[server] != sample.incarnation()) {
        incarnation[server] = sample.incarnation();
        forget(server);
      }
      utilization[server] +=
          Math.max(sample.cpuUtilization(), sample.inFlight() / capacity[server]);
      rate[server] += sample.requestsPerSecond();
      count[server]++;
    }
  }

  @Override
  public void changed(Member member) {
    members.refresh();
    weigh(); // what comes gets a weight at once
  }

  private void adjust() {
    weigh();
    for (int server = 0; server < count.length; server++) {
      forget(server);
    }
    next.at(agenda.nanos() + periodNanos);
  }

  private void weigh() {
    List<Controlled> known = new ArrayList<>();
    for (int place = 0; place < members.count(); place++) {
      int server = members.at(place);
      known.add(new Controlled(name(server), capacity[server], reading(server)));
    }
    weights = controller.step(weights, known);
    for (int place = 0; place < members.count(); place++) {
      int server = members.at(place);
      for (SmoothWeights ofBalancer : turns) {
        ofBalancer.weight(server, weights.of(name(server)));
      }
    }
  }

  private Optional<Reading> reading(int server) {
    int reports = count[server];
    return reports == 0
        ? Optional.empty()
        : Optional.of(
            new Reading(utilization[server] / reports, rate[server] / reports, agenda.nanos()));
  }

  private void forget(int server) {
    utilization[server] = 0;
    rate[server] = 0;
    count[server] = 0;
  }

  private Incarnation name(int server) {
    return new Incarnation(Integer.toString(server), Integer.toString(incarnation[server]));
  }
}
