package dev.lookaside.lb.subscribe;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** Those subscribers of one service that want loads at one interval, and what they are sent. */
final class LoadGroup {
  private final long intervalNanos;
  private final LoadLog loads;
  private final Set<Subscriber> members = new LinkedHashSet<>();
  private long dueNanos;

  LoadGroup(Duration interval, TableLog table, long nowNanos) {
    this.intervalNanos = interval.toNanos();
    this.loads = new LoadLog(interval);
    this.dueNanos = nowNanos;
    read(table, nowNanos);
  }

  LoadLog loads() {
    return loads;
  }

  Set<Subscriber> members() {
    return Collections.unmodifiableSet(members);
  }

  void add(Subscriber subscriber) {
    members.add(subscriber);
  }

  /** Says whether it was the last one. */
  boolean remove(Subscriber subscriber) {
    return members.remove(subscriber) && members.isEmpty();
  }

  /** Whether loads are to be read by now, give or take half of the time between two questions. */
  boolean isDue(long nowNanos, Duration toleranceOfTicks) {
    return dueNanos - nowNanos <= toleranceOfTicks.toNanos() / 2;
  }

  void read(TableLog table, long nowNanos) {
    loads.read(table.rows(), nowNanos);
    // Steady as long as the thread keeps pace; what is late is left out, not made up for.
    dueNanos = Math.max(dueNanos + intervalNanos, nowNanos + intervalNanos / 2);
  }
}
