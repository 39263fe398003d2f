package dev.lookaside.simulator.run;

import dev.lookaside.simulator.engine.Agenda;
import dev.lookaside.simulator.engine.Streams;
import dev.lookaside.simulator.scenario.Arrivals.Spacing;
import dev.lookaside.simulator.scenario.Distribution;
import dev.lookaside.simulator.scenario.Scenario;
import java.util.function.DoubleConsumer;
import java.util.random.RandomGenerator;

/** Brings requests: when, and with how much work. */
final class ArrivalSource {
  private final RateProfile rates;
  private final Spacing spacing;
  private final Distribution work;
  private final RandomGenerator gaps;
  private final RandomGenerator works;
  private final DoubleConsumer receiver;
  private final Agenda.Entry next;
  // Not rounded, so that the rounding of single arrivals does not add up.
  private double nextNanos;

  ArrivalSource(Scenario scenario, Agenda agenda, Streams streams, DoubleConsumer receiver) {
    this.rates = RateProfile.of(scenario);
    this.spacing = scenario.arrivals().spacing();
    this.work = scenario.serviceTime();
    this.gaps = streams.of("arrivals");
    this.works = streams.of("work");
    this.receiver = receiver;
    this.next = agenda.register(this::arrive);
  }

  void start() {
    planNext();
  }

  private void arrive() {
    receiver.accept(work.sampleNanos(works));
    planNext();
  }

  private void planNext() {
    nextNanos = rates.next(nextNanos, spacing == Spacing.PACED ? 1 : gaps.nextExponential());
    if (nextNanos < Agenda.NEVER) {
      next.at((long) nextNanos);
    }
  }
}
