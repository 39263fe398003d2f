package dev.lookaside.lb.subscribe;

import dev.lookaside.core.balancer.ServiceSnapshot;
import dev.lookaside.v1.Balancing;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One service, and who watches it. For the publisher's thread. */
final class ServiceWatch {
  private final TableLog table;
  private final Set<Subscriber> subscribers = new LinkedHashSet<>();
  private final Map<Duration, LoadGroup> groups = new HashMap<>();

  ServiceWatch(TableLog table) {
    this.table = table;
  }

  TableLog table() {
    return table;
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
                .computeIfAbsent(interval, i -> new LoadGroup(i, table, nowNanos))
                .add(subscriber));
  }

  void remove(Subscriber subscriber) {
    subscribers.remove(subscriber);
    subscriber
        .loadInterval()
        .filter(interval -> Objects.requireNonNull(groups.get(interval)).remove(subscriber))
        .ifPresent(groups::remove);
  }

  /** Counts them, and describes each to whoever wants to know more. */
  Census.OfService count(String service, Consumer<Census.One> each) {
    Map<Census.Standing, Integer> counts = new EnumMap<>(Census.Standing.class);
    for (Subscriber subscriber : subscribers) {
      Census.One one = subscriber.describe(table);
      counts.merge(one.standing(), 1, Integer::sum);
      each.accept(one);
    }
    return new Census.OfService(
        service,
        table.version(),
        counts.getOrDefault(Census.Standing.IN_SYNC, 0),
        counts.getOrDefault(Census.Standing.BEHIND, 0),
        counts.getOrDefault(Census.Standing.SLOW, 0));
  }

  void forEach(Consumer<Subscriber> action) {
    subscribers.forEach(action);
  }

  /** Reads the loads of the groups whose time has come, and visits their members. */
  void tick(long nowNanos, Duration betweenTicks, Consumer<Subscriber> visit) {
    for (LoadGroup group : groups.values()) {
      if (group.isDue(nowNanos, betweenTicks)) {
        group.read(table, nowNanos);
        group.members().forEach(visit);
      }
    }
  }

  /** Sends a subscriber whatever it does not have yet, as far as it can take it now. */
  void send(Subscriber subscriber, EncodedUpdate terms, EncodedUpdate balancers) {
    Optional<LoadLog> loads = subscriber.loadInterval().map(groups::get).map(LoadGroup::loads);
    subscriber.send(table, loads, terms, balancers);
  }
}
