package dev.lookaside.lb.ops;

import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.balancer.ServiceSnapshot;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.EndpointLoad;
import dev.lookaside.core.load.LoadView;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.lb.traffic.EndpointCondition;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * The gauges of every endpoint: they come and go with it. A gauge of a load that is not known reads
 * NaN, not 0.
 */
public final class EndpointMeters {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Balancer balancer;
  private final LoadView loads;
  private final Ticker ticker;
  private final MeterRegistry meters;
  private final Map<String, Map<String, List<Meter>>> services = new HashMap<>();

  public EndpointMeters(Balancer balancer, LoadView loads, Ticker ticker, MeterRegistry meters) {
    this.balancer = balancer;
    this.loads = loads;
    this.ticker = ticker;
    this.meters = meters;
  }

  /** Takes the new table of a service. Called by one thread at a time, as is {@link #forget}. */
  public void update(EndpointTable table) {
    Map<String, List<Meter>> known =
        services.computeIfAbsent(
            table.service(),
            service -> {
              countStates(service);
              return new HashMap<>();
            });
    known
        .entrySet()
        .removeIf(entry -> {
          boolean gone = table.find(entry.getKey()).isEmpty();
          if (gone) {
            entry.getValue().forEach(meters::remove);
          }
          return gone;
        });
    for (Endpoint endpoint : table.endpoints()) {
      known.computeIfAbsent(endpoint.id(), id -> gauges(table.service(), id));
    }
  }

  /** Forgets services; their meters go with all others of theirs. */
  public void forget(Set<String> gone) {
    services.keySet().removeAll(gone);
  }

  private void countStates(String service) {
    for (EndpointCondition condition : EndpointCondition.values()) {
      Gauge.builder("lookaside.endpoints", () -> count(service, condition))
          .description("Registered endpoints, by whether they can be picked")
          .tags("service", service, "state", condition.tag())
          .register(meters);
    }
  }

  private List<Meter> gauges(String service, String id) {
    return List.of(
        gauge(
                service,
                id,
                "lookaside.endpoint.utilization",
                "Share of its own capacity that the endpoint says is in use",
                load -> load.report().applicationUtilization())
            .register(meters),
        gauge(
                service,
                id,
                "lookaside.endpoint.requests.in.flight",
                "Requests that the endpoint says it is serving",
                load -> load.report().requestsInFlight())
            .register(meters),
        gauge(
                service,
                id,
                "lookaside.load.report.age",
                "Time since the endpoint's latest load report",
                load -> load.age(ticker.nanos()).toNanos() / NANOS_PER_SECOND)
            .baseUnit("seconds")
            .register(meters));
  }

  private Gauge.Builder<?> gauge(
      String service,
      String id,
      String name,
      String description,
      ToDoubleFunction<EndpointLoad.Reported> value) {
    return Gauge.builder(name, () -> read(service, id, value))
        .description(description)
        .tags("service", service, "endpoint", id);
  }

  private double read(String service, String id, ToDoubleFunction<EndpointLoad.Reported> value) {
    return balancer
        .find(service)
        .flatMap(balanced -> balanced.snapshot().registered().find(id))
        .map(endpoint -> loads.of(endpoint).at(ticker.nanos()))
        .filter(EndpointLoad.Reported.class::isInstance)
        .map(load -> value.applyAsDouble((EndpointLoad.Reported) load))
        .orElse(Double.NaN);
  }

  private double count(String service, EndpointCondition condition) {
    return balancer.find(service).map(b -> count(b.snapshot(), condition)).orElse(0L);
  }

  private static long count(ServiceSnapshot snapshot, EndpointCondition condition) {
    return snapshot.registered().endpoints().stream()
        .filter(endpoint -> EndpointCondition.of(endpoint, snapshot) == condition)
        .count();
  }
}
