package dev.lookaside.lb.subscribe;

import dev.lookaside.core.balancer.ServiceSnapshot;
import dev.lookaside.v1.Balancing;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One service, and who has subscribed to it. For the publisher's thread. */
final class Topic {
  private final TableLog table;
  private final Set<Subscriber> subscribers = new LinkedHashSet<>();
  private final Map<Duration, LoadGroup> groups = new HashMap<>();

  Topic(TableLog table) {
    this.table = table;
  }

  boolean isEmpty() {
    return subscribers.isEmpty();
  }

  /** Takes the latest state of the service; says whether subscribers see a difference. */
  boolean apply(ServiceSnapshot snapshot, Balancing balancing) {
    return table.apply(snapshot, balancing);
  }

  void add(Subscriber subscriber, long nowNanos) {
    subscribers.add(subscriber);
    subscriber
        .loadInterval()
        .ifPresent(interval ->
            groups
                .computeIfAbsent(interval, i -> new LoadGroup(i, table.rows(), nowNanos))
                .add(subscriber));
  }

  void remove(Subscriber subscriber) {
    subscribers.remove(subscriber);
    subscriber
        .loadInterval()
        .filter(interval -> Objects.requireNonNull(groups.get(interval)).remove(subscriber))
        .ifPresent(groups::remove);
  }

  void forEach(Consumer<Subscriber> action) {
    subscribers.forEach(action);
  }

  /** Reads the loads of the groups whose time has come, and visits their members. */
  void tick(long nowNanos, Duration betweenTicks, Consumer<Subscriber> visit) {
    for (LoadGroup group : groups.values()) {
      if (group.isDue(nowNanos, betweenTicks)) {
        group.read(table.rows(), nowNanos);
        group.members().forEach(visit);
      }
    }
  }

  /** Tells a subscriber whatever it does not know yet, as far as it can take it now. */
  void tell(Subscriber subscriber, EncodedUpdate balancers, Sent sent) {
    Optional<LoadLog> loads = subscriber.loadInterval().map(groups::get).map(LoadGroup::loads);
    subscriber.tell(table, loads, balancers, sent);
  }
}
