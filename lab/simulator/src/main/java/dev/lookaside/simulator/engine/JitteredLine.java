package dev.lookaside.simulator.engine;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Hands on what it is given, each after a delay of its own, so that one can overtake another. */
public final class JitteredLine<T> implements Line<T> {

  private record Delayed<T>(T item, long dueNanos, long order) {}

  private final Agenda agenda;
  private final LongSupplier delayNanos;
  private final Consumer<T> receiver;
  private final PriorityQueue<Delayed<T>> onTheWay =
      new PriorityQueue<>(
          Comparator.<Delayed<T>>comparingLong(Delayed::dueNanos)
              .thenComparingLong(Delayed::order));
  private final Agenda.Entry next;
  private long sent;

  /**
   * @param delayNanos draws how long the next one takes
   */
  public JitteredLine(Agenda agenda, LongSupplier delayNanos, Consumer<T> receiver) {
    this.agenda = agenda;
    this.delayNanos = delayNanos;
    this.receiver = receiver;
    this.next = agenda.register(this::deliver);
  }

  @Override
  public void send(T item) {
    onTheWay.add(new Delayed<>(item, agenda.nanos() + delayNanos.getAsLong(), sent++));
    next.at(onTheWay.element().dueNanos());
  }

  private void deliver() {
    receiver.accept(onTheWay.remove().item());
    if (!onTheWay.isEmpty()) {
      next.at(onTheWay.element().dueNanos());
    }
  }
}
