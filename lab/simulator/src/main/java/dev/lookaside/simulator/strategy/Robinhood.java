package dev.lookaside.simulator.strategy;

import dev.lookaside.simulator.engine.Agenda;
import dev.lookaside.simulator.fleet.LoadSample;
import dev.lookaside.simulator.fleet.Member;
import dev.lookaside.simulator.fleet.Request;
import java.time.Duration;

/**
 * Reference: Dropbox's Robinhood ("What's new with Robinhood, our in-house load balancing service",
 * dropbox.tech, October 2024). One PID controller for each server moves its weight so that its
 * utilization, the larger of CPU time and requests in flight by capacity, comes to the mean of all;
 * balancers take turns by the weights, which change once in a period.
 *
 * <p>Not published are the gains and the limits of weights, chosen here: {@link PidController}, and
 * a weight changes by a factor of 0.5 to 2 at a time and stays within 0.01 to 100 of its first.
 */
final class Robinhood implements Strategy {
  static final String OF_5_S = "robinhood-5s";
  static final String OF_30_S = "robinhood-30s";
  private static final double LEAST_STEP = 0.5;
  private static final double MOST_STEP = 2;
  private static final double MOST_WEIGHT = 100;
  private static final double MOST_ERROR = 1;

  private final KnownMembers members;
  private final Agenda agenda;
  private final Agenda.Entry next;
  private final long periodNanos;
  private final SharedTurns turns;
  private final PeriodReports reports;
  private final PidController[] controllers;

  Robinhood(World world, Duration period) {
    int servers = world.fleet().size();
    this.members = new KnownMembers(world.fleet());
    this.agenda = world.agenda();
    this.next = agenda.register(this::adjust);
    this.periodNanos = period.toNanos();
    this.controllers = new PidController[servers];
    this.reports = new PeriodReports(world.fleet());
    this.turns = new SharedTurns(world, members);
    for (int server = 0; server < servers; server++) {
      reset(server);
    }
    next.at(periodNanos);
  }

  @Override
  public int pick(Request request) {
    return turns.pick(request);
  }

  @Override
  public void reported(int balancer, LoadSample sample) {
    if (balancer == 0) { // one service computes the weights of all
      reports.add(sample);
    }
  }

  private void adjust() {
    double mean = mean();
    for (int place = 0; place < members.count() && mean > 0; place++) {
      int server = members.at(place);
      if (reports.has(server)) {
        double error = 1 - reports.utilization(server) / mean;
        double step = controllers[server].step(Math.max(-MOST_ERROR, error));
        double factor = Math.max(LEAST_STEP, Math.min(MOST_STEP, 1 + step));
        weight(server, turns.weight(server) * factor);
      }
    }
    reports.forgetAll();
    next.at(agenda.nanos() + periodNanos);
  }

  private double mean() {
    double all = 0;
    int known = 0;
    for (int place = 0; place < members.count(); place++) {
      int server = members.at(place);
      if (reports.has(server)) {
        all += reports.utilization(server);
        known++;
      }
    }
    return known == 0 ? 0 : all / known;
  }

  private void weight(int server, double weight) {
    turns.weight(server, Math.max(1 / MOST_WEIGHT, Math.min(MOST_WEIGHT, weight)));
  }

  private void reset(int server) {
    controllers[server] = new PidController();
    weight(server, 1);
  }

  /** The weight of a server now. */
  double weight(int server) {
    return turns.weight(server);
  }

  @Override
  public void changed(Member member) {
    members.refresh();
    if (member.presence() == Member.Presence.ABSENT) {
      reset(member.index()); // what comes back is new
    }
  }
}
