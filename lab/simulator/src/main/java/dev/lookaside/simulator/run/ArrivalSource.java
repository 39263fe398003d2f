package dev.lookaside.simulator.run;

import dev.lookaside.simulator.engine.Agenda;
import dev.lookaside.simulator.engine.Streams;
import dev.lookaside.simulator.scenario.Distribution;
import dev.lookaside.simulator.scenario.Replay;
import dev.lookaside.simulator.scenario.Scenario;
import java.util.function.DoubleConsumer;

/** Brings requests: when, and with how much work. */
interface ArrivalSource {

  void start();

  /** What the scenario says; the receiver is given the work of each request when it comes. */
  static ArrivalSource of(
      Scenario scenario, Agenda agenda, Streams streams, DoubleConsumer receiver) {
    Replay replay = scenario.arrivals().trace();
    if (replay != null) {
      return new TraceArrivals(replay, scenario.speedUp(replay), agenda, receiver);
    }
    Distribution work = scenario.serviceTime();
    if (work == null) {
      throw new IllegalArgumentException("service-time is missing (expected: a distribution)");
    }
    return new RandomArrivals(scenario, work, agenda, streams, receiver);
  }

  /** How many requests are expected in the run. */
  static double expected(Scenario scenario) {
    Replay replay = scenario.arrivals().trace();
    return replay == null
        ? RateProfile.of(scenario).expectedUntil(scenario.duration())
        : TraceArrivals.countUntil(replay, scenario.speedUp(replay), scenario.duration());
  }
}
