package dev.lookaside.simulator.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/** Hands on what it is given, each after the same delay and so in order: one agenda entry. */
public final class DelayLine<T> implements Line<T> {

  private record Delayed<T>(T item, long dueNanos) {}

  private final Agenda agenda;
  private final long delayNanos;
  private final Consumer<T> receiver;
  private final ArrayDeque<Delayed<T>> onTheWay = new ArrayDeque<>();
  private final Agenda.Entry next;

  public DelayLine(Agenda agenda, Duration delay, Consumer<T> receiver) {
    this.agenda = agenda;
    this.delayNanos = delay.toNanos();
    this.receiver = receiver;
    this.next = agenda.register(this::deliver);
  }

  @Override
  public void send(T item) {
    if (delayNanos == 0) {
      receiver.accept(item);
      return;
    }
    Delayed<T> delayed = new Delayed<>(item, agenda.nanos() + delayNanos);
    onTheWay.add(delayed);
    if (onTheWay.size() == 1) {
      next.at(delayed.dueNanos());
    }
  }

  private void deliver() {
    receiver.accept(onTheWay.remove().item());
    if (!onTheWay.isEmpty()) {
      next.at(onTheWay.element().dueNanos());
    }
  }
}
