package dev.lookaside.simulator.run;

import dev.lookaside.simulator.engine.Agenda;
import dev.lookaside.simulator.fleet.Fleet;
import java.util.ArrayList;
import java.util.List;

/** Looks, window by window of the measured part, how much core time each server has used. */
final class Usage {
  private final Agenda agenda;
  private final Fleet fleet;
  private final Agenda.Entry next;
  private final List<double[]> windows = new ArrayList<>();
  private double[] atStart = {};
  private double[] atWindow = {};
  private long startNanos;

  Usage(Agenda agenda, Fleet fleet) {
    this.agenda = agenda;
    this.fleet = fleet;
    this.next = agenda.register(this::window);
  }

  /** The measured part begins now. */
  void start() {
    startNanos = agenda.nanos();
    atStart = used();
    atWindow = atStart;
    next.at(startNanos + Spread.WINDOW.toNanos());
  }

  private void window() {
    double[] now = used();
    windows.add(utilization(atWindow, now, Spread.WINDOW.toNanos()));
    atWindow = now;
    next.at(agenda.nanos() + Spread.WINDOW.toNanos());
  }

  /** The measured part ends now: what was used in it, as a factor of the cores allotted. */
  Spread end() {
    next.cancel();
    return new Spread(utilization(atStart, used(), agenda.nanos() - startNanos), windows);
  }

  private double[] used() {
    return fleet.members().stream().mapToDouble(m -> m.server().usedCoreNanos()).toArray();
  }

  private double[] utilization(double[] before, double[] now, long elapsedNanos) {
    double[] utilization = new double[now.length];
    for (int i = 0; i < now.length; i++) {
      double cores = fleet.member(i).server().cores();
      utilization[i] = (now[i] - before[i]) / elapsedNanos / cores;
    }
    return utilization;
  }
}
