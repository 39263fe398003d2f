package dev.lookaside.simulator.run;

import dev.lookaside.simulator.engine.Agenda;
import dev.lookaside.simulator.engine.Streams;
import dev.lookaside.simulator.scenario.Arrivals.Spacing;
import dev.lookaside.simulator.scenario.Bursts;
import dev.lookaside.simulator.scenario.Distribution;
import dev.lookaside.simulator.scenario.Scenario;
import java.util.function.DoubleConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Arrivals by chance, one by one or in bursts, each with work by chance.
 *
 * <p>In bursts, the rate changes at random times, and what is to come is drawn anew then: as gaps
 * are exponential, that makes no difference to their distribution.
 */
final class RandomArrivals implements ArrivalSource {
  private final RateProfile rates;
  private final Spacing spacing;
  private final Distribution work;
  private final @Nullable Bursts bursts;
  private final RandomGenerator gaps;
  private final RandomGenerator works;
  private final RandomGenerator turns;
  private final DoubleConsumer receiver;
  private final Agenda.Entry next;
  private final Agenda.Entry turn;
  private final Agenda agenda;
  private double factor = 1;
  // Not rounded, so that the rounding of single arrivals does not add up.
  private double nextNanos;

  RandomArrivals(
      Scenario scenario,
      Distribution work,
      Agenda agenda,
      Streams streams,
      DoubleConsumer receiver) {
    this.rates = RateProfile.of(scenario);
    this.spacing = scenario.arrivals().spacing();
    this.bursts = scenario.arrivals().bursts();
    this.work = work;
    this.gaps = streams.of("arrivals");
    this.works = streams.of("work");
    this.turns = streams.of("bursts");
    this.receiver = receiver;
    this.agenda = agenda;
    this.next = agenda.register(this::arrive);
    this.turn = agenda.register(this::turn);
  }

  @Override
  public void start() {
    if (bursts != null) {
      begin(bursts, turns.nextDouble() < bursts.share());
    }
    planNext();
  }

  private void arrive() {
    receiver.accept(work.sampleNanos(works));
    planNext();
  }

  private void turn() {
    if (bursts != null) {
      begin(bursts, factor != bursts.factor());
      nextNanos = agenda.nanos();
      planNext();
    }
  }

  private void begin(Bursts given, boolean burst) {
    factor = burst ? given.factor() : given.factorBetween();
    double mean = burst ? given.hold().toNanos() : given.meanBetweenNanos();
    turn.at(agenda.nanos() + (long) (turns.nextExponential() * mean));
  }

  private void planNext() {
    double amount = spacing == Spacing.PACED ? 1 : gaps.nextExponential();
    nextNanos = factor > 0 ? rates.next(nextNanos, amount / factor) : Double.POSITIVE_INFINITY;
    if (nextNanos < Agenda.NEVER) {
      next.at((long) nextNanos);
    } else {
      next.cancel();
    }
  }
}
