package dev.lookaside.lb.dashboard;

import dev.lookaside.core.balancer.ServiceBalancer;
import dev.lookaside.core.balancer.ServiceSnapshot;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.LiveLoad;
import dev.lookaside.lb.dashboard.DashboardState.Decided;
import dev.lookaside.lb.dashboard.DashboardState.Head;
import dev.lookaside.lb.dashboard.DashboardState.Reading;
import dev.lookaside.lb.dashboard.DashboardState.Service;
import dev.lookaside.lb.dashboard.DashboardState.Worker;
import dev.lookaside.registry.control.ControlState;
import dev.lookaside.registry.view.RegistryView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at everything once: what there is, and how fast counts have grown since it looked before.
 * For one thread, and for as long as somebody watches.
 */
final class StateReader implements Look {
  private static final double NANOS_PER_MILLI = 1e6;

  private record Id(String service, String id) {}

  /** What stays of an endpoint from look to look. */
  private static final class Seen {
    private final int number;
    private final Rate work = new Rate();
    private final Rate picks = new Rate();

    Seen(int number) {
      this.number = number;
    }
  }

  private final Sources sources;
  private final Map<Id, Seen> seen = new HashMap<>();
  private final Map<String, ServiceRates> rates = new HashMap<>();
  private int nextNumber;

  StateReader(Sources sources) {
    this.sources = sources;
  }

  @Override
  public DashboardState read(long nowNanos) {
    Map<Integer, Worker> workers = new LinkedHashMap<>();
    Map<Integer, Reading> readings = new LinkedHashMap<>();
    List<Service> services = new ArrayList<>();
    Set<Id> present = new HashSet<>();
    Set<String> named = new HashSet<>();
    // Before the tables: a change is never made on more than what was shown.
    RegistryView view = sources.view().get();
    for (ServiceBalancer balancer : inOrder()) {
      ServiceSnapshot snapshot = balancer.snapshot();
      String name = snapshot.registered().service();
      named.add(name);
      services.add(read(snapshot, view.controlOf(name), nowNanos, workers, readings, present));
    }
    seen.keySet().retainAll(present);
    rates.keySet().retainAll(named);
    Head head =
        new Head(
            sources.registry(), List.copyOf(services), sources.balancers(), sources.subscribers());
    return new DashboardState(head, workers, readings);
  }

  private List<ServiceBalancer> inOrder() {
    return sources.balancer().services().stream()
        .sorted(Comparator.comparing(service -> service.snapshot().registered().service()))
        .toList();
  }

  private Service read(
      ServiceSnapshot snapshot,
      ControlState control,
      long nowNanos,
      Map<Integer, Worker> workers,
      Map<Integer, Reading> readings,
      Set<Id> present) {
    EndpointTable table = snapshot.registered();
    EndpointReader reader = new EndpointReader(snapshot, control.control(), nowNanos);
    double picks = 0;
    double calls = 0;
    double slowest = Double.NaN;
    for (Endpoint endpoint : table.endpoints()) {
      Id id = new Id(endpoint.service(), endpoint.id());
      present.add(id);
      Seen before = seen.computeIfAbsent(id, i -> new Seen(nextNumber++));
      LiveLoad load = sources.loads().of(endpoint);
      long picked = sources.picks().applyAsLong(endpoint);
      double work = before.work.at((double) (picked + load.requestsTold()), nowNanos);
      double own = before.picks.at((double) picked, nowNanos);
      picks += orNone(own);
      calls += orNone(work) - orNone(own);
      double latency = load.latencies().meanNanos(nowNanos) / NANOS_PER_MILLI;
      slowest = Double.isNaN(slowest) ? latency : Math.max(slowest, orNone(latency));
      workers.put(before.number, reader.worker(endpoint));
      readings.put(before.number, reader.reading(endpoint, load, work, latency));
    }
    shares(snapshot, picks + calls, readings);
    ServiceRates rate = rates.computeIfAbsent(table.service(), name -> new ServiceRates());
    rate.at(sources.calls().apply(table.service()), nowNanos);
    return new Service(
        table.service(),
        snapshot.policy(),
        sources.configuredPolicyOf().apply(table.service()),
        control
            .control()
            .policy()
            .map(chosen -> Decided.of(chosen.policy(), chosen.origin()))
            .orElse(null),
        control.revision(),
        table.version(),
        table.size(),
        snapshot.eligible().size(),
        Rounded.number(picks),
        Rounded.number(Math.max(0, calls)),
        Rounded.number(orNone(rate.failuresPerSecond())),
        shown(rate.latencyMillis()),
        shown(slowest));
  }

  /** Turns what each did into its share of what all did. */
  private void shares(ServiceSnapshot snapshot, double all, Map<Integer, Reading> readings) {
    for (Endpoint endpoint : snapshot.registered().endpoints()) {
      Seen known = seen.get(new Id(endpoint.service(), endpoint.id()));
      if (known != null && all > 0) {
        readings.computeIfPresent(known.number, (number, reading) -> reading.shareOf(all));
      }
    }
  }

  private static double orNone(double value) {
    return Double.isNaN(value) ? 0 : value;
  }

  private static @Nullable Double shown(double value) {
    return Double.isNaN(value) ? null : Double.valueOf(Rounded.number(value));
  }
}
