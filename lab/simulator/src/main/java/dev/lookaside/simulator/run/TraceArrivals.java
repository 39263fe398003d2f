package dev.lookaside.simulator.run;

import dev.lookaside.simulator.engine.Agenda;
import dev.lookaside.simulator.scenario.Replay;
import dev.lookaside.simulator.trace.Trace;
import java.time.Duration;
import java.util.function.DoubleConsumer;

/** Arrivals and work as a trace has them, from its first request to its last one. */
final class TraceArrivals implements ArrivalSource {
  private final Replay replay;
  private final Trace trace;
  private final double speedUp;
  private final DoubleConsumer receiver;
  private final Agenda.Entry next;
  private int place;

  /**
   * @param speedUp how many times as fast as it was recorded
   */
  TraceArrivals(Replay replay, double speedUp, Agenda agenda, DoubleConsumer receiver) {
    this.replay = replay;
    this.trace = replay.trace();
    this.speedUp = speedUp;
    this.receiver = receiver;
    this.next = agenda.register(this::arrive);
  }

  /** How many requests come within a time. */
  static long countUntil(Replay replay, double speedUp, Duration until) {
    Trace trace = replay.trace();
    int low = 0;
    int high = trace.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (trace.atNanos(middle) / speedUp < until.toNanos()) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @Override
  public void start() {
    plan();
  }

  private void arrive() {
    receiver.accept(replay.workNanos(place++));
    if (place < trace.size()) {
      plan();
    }
  }

  private void plan() {
    next.at((long) (trace.atNanos(place) / speedUp));
  }
}
