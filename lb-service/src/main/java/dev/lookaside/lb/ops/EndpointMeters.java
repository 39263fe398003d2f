package dev.lookaside.lb.ops;

import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.balancer.ServiceSnapshot;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.EndpointLoad;
import dev.lookaside.core.load.LoadView;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.lb.labels.EndpointLabels;
import dev.lookaside.lb.traffic.EndpointCondition;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The gauges of every endpoint: they come and go with it. A gauge of a load that is not known reads
 * NaN, not 0. Endpoints that {@link EndpointLabels} does not name share one of each: what they
 * serve all together, how full they are on average, and the oldest of their reports.
 */
public final class EndpointMeters {
  private static final double NANOS_PER_SECOND = 1e9;

  private static final List<LoadGauge> GAUGES =
      List.of(
          new LoadGauge(
              "lookaside.endpoint.utilization",
              "Share of its own capacity that the endpoint says is in use",
              null,
              (load, now) -> load.report().applicationUtilization(),
              values -> values.average().orElse(Double.NaN)),
          new LoadGauge(
              "lookaside.endpoint.requests.in.flight",
              "Requests that the endpoint says it is serving",
              null,
              (load, now) -> load.report().requestsInFlight(),
              DoubleStream::sum),
          new LoadGauge(
              "lookaside.load.report.age",
              "Time since the endpoint's latest load report",
              "seconds",
              (load, now) -> load.age(now).toNanos() / NANOS_PER_SECOND,
              values -> values.max().orElse(Double.NaN)));

  /**
   * One gauge of each endpoint.
   *
   * @param ofAll makes one value of those of many
   */
  private record LoadGauge(
      String name,
      String description,
      @Nullable String unit,
      ToDoubleBiFunction<EndpointLoad.Reported, Long> value,
      ToDoubleFunction<DoubleStream> ofAll) {}

  private final Balancer balancer;
  private final LoadView loads;
  private final Ticker ticker;
  private final MeterRegistry meters;
  private final EndpointLabels labels;
  private final Map<String, Map<String, List<Meter>>> services = new HashMap<>();

  public EndpointMeters(
      Balancer balancer,
      LoadView loads,
      Ticker ticker,
      MeterRegistry meters,
      EndpointLabels labels) {
    this.balancer = balancer;
    this.loads = loads;
    this.ticker = ticker;
    this.meters = meters;
    this.labels = labels;
    labels.listen(this::relabel);
  }

  /** Takes the new table of a service. */
  public synchronized void update(EndpointTable table) {
    Map<String, List<Meter>> known =
        services.computeIfAbsent(
            table.service(),
            service -> {
              countStates(service);
              return new HashMap<>();
            });
    List<Endpoint> named = table.endpoints().stream().filter(labels::isNamed).toList();
    Set<String> wanted = named.stream().map(Endpoint::id).collect(Collectors.toSet());
    if (named.size() < table.size()) {
      wanted.add(EndpointLabels.OTHER);
    }
    known
        .entrySet()
        .removeIf(entry -> {
          boolean gone = !wanted.contains(entry.getKey());
          if (gone) {
            entry.getValue().forEach(meters::remove);
          }
          return gone;
        });
    wanted.forEach(label -> known.computeIfAbsent(label, id -> gauges(table.service(), id)));
  }

  private synchronized void relabel() {
    List.copyOf(services.keySet())
        .forEach(service ->
            balancer.find(service).ifPresent(found -> update(found.snapshot().registered())));
  }

  /** Forgets services; their meters go with all others of theirs. */
  public synchronized void forget(Set<String> gone) {
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

  private List<Meter> gauges(String service, String label) {
    return GAUGES.stream().map(gauge -> register(gauge, service, label)).toList();
  }

  private Meter register(LoadGauge gauge, String service, String label) {
    return Gauge.builder(gauge.name, () -> read(gauge, service, label))
        .description(gauge.description)
        .baseUnit(gauge.unit)
        .tags("service", service, "endpoint", label)
        .register(meters);
  }

  private double read(LoadGauge gauge, String service, String label) {
    long now = ticker.nanos();
    double[] known =
        balancer.find(service).stream()
            .flatMap(balanced -> endpoints(balanced.snapshot().registered(), label))
            .map(endpoint -> loads.of(endpoint).at(now))
            .filter(EndpointLoad.Reported.class::isInstance)
            .mapToDouble(load -> gauge.value.applyAsDouble((EndpointLoad.Reported) load, now))
            .toArray();
    return known.length == 0 ? Double.NaN : gauge.ofAll.applyAsDouble(DoubleStream.of(known));
  }

  private Stream<Endpoint> endpoints(EndpointTable table, String label) {
    return label.equals(EndpointLabels.OTHER)
        ? table.endpoints().stream().filter(endpoint -> !labels.isNamed(endpoint))
        : table.find(label).stream();
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
