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
  private final SharedTurns turns;
  private final PeriodReports reports;
  private final int[] incarnation;
  private ControlledWeights weights = ControlledWeights.NONE;

  ControlledTurns(World world, Duration period) {
    this.members = new KnownMembers(world.fleet());
    this.agenda = world.agenda();
    this.next = agenda.register(this::adjust);
    this.periodNanos = period.toNanos();
    this.turns = new SharedTurns(world, members);
    this.reports = new PeriodReports(world.fleet());
    this.incarnation = new int[world.fleet().size()];
    adjust();
  }

  @Override
  public int pick(Request request) {
    return turns.pick(request);
  }

  @Override
  public void reported(int balancer, LoadSample sample) {
    if (balancer == 0) {
      int server = sample.server();
      if (incarnation[server] != sample.incarnation()) {
        incarnation[server] = sample.incarnation();
        reports.forget(server);
      }
      reports.add(sample);
    }
  }

  @Override
  public void changed(Member member) {
    members.refresh();
    weigh(); // what comes gets a weight at once
  }

  private void adjust() {
    weigh();
    reports.forgetAll();
    next.at(agenda.nanos() + periodNanos);
  }

  private void weigh() {
    List<Controlled> known = new ArrayList<>();
    for (int place = 0; place < members.count(); place++) {
      int server = members.at(place);
      known.add(new Controlled(name(server), reports.capacity(server), reading(server)));
    }
    weights = controller.step(weights, known);
    for (int place = 0; place < members.count(); place++) {
      int server = members.at(place);
      turns.weight(server, weights.of(name(server)));
    }
  }

  private Optional<Reading> reading(int server) {
    return reports.has(server)
        ? Optional.of(
            new Reading(
                reports.utilization(server), reports.requestsPerSecond(server), agenda.nanos()))
        : Optional.empty();
  }

  private Incarnation name(int server) {
    return new Incarnation(Integer.toString(server), Integer.toString(incarnation[server]));
  }
}
