package dev.lookaside.simulator.engine;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Things to do once at a given time: few, such as the faults of a scenario. One agenda entry. */
public final class Timetable {

  private record Task(long dueNanos, long order, Runnable action) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::dueNanos).thenComparingLong(Task::order));
  private final Agenda agenda;
  private final Agenda.Entry next;
  private long added;

  public Timetable(Agenda agenda) {
    this.agenda = agenda;
    this.next = agenda.register(this::runFirst);
  }

  public void at(long dueNanos, Runnable action) {
    tasks.add(new Task(dueNanos, added++, action));
    next.at(tasks.element().dueNanos());
  }

  public void after(long delayNanos, Runnable action) {
    at(agenda.nanos() + delayNanos, action);
  }

  private void runFirst() {
    tasks.remove().action().run();
    if (!tasks.isEmpty()) {
      next.at(tasks.element().dueNanos());
    }
  }
}
