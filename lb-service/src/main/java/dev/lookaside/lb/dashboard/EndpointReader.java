package dev.lookaside.lb.dashboard;

import dev.lookaside.core.balancer.ServiceSnapshot;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.Locality;
import dev.lookaside.core.load.EndpointLoad;
import dev.lookaside.core.load.LiveLoad;
import dev.lookaside.lb.dashboard.DashboardState.Decided;
import dev.lookaside.lb.dashboard.DashboardState.Reading;
import dev.lookaside.lb.dashboard.DashboardState.Worker;
import dev.lookaside.lb.traffic.EndpointCondition;
import dev.lookaside.registry.control.EndpointControl;
import dev.lookaside.registry.control.ServiceControl;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the endpoints of one service at one moment. */
final class EndpointReader {
  private static final String VERSION = "version";
  private static final double NANOS_PER_MILLI = 1e6;

  private final ServiceSnapshot snapshot;
  private final ServiceControl control;
  private final long nowNanos;
  private final double weights;

  /**
   * @param control what operators decided of the service
   */
  EndpointReader(ServiceSnapshot snapshot, ServiceControl control, long nowNanos) {
    this.snapshot = snapshot;
    this.control = control;
    this.nowNanos = nowNanos;
    this.weights = snapshot.eligible().endpoints().stream().mapToDouble(Endpoint::weight).sum();
  }

  Worker worker(Endpoint endpoint) {
    EndpointControl decided = control.of(endpoint.id());
    return new Worker(
        endpoint.service(),
        endpoint.id(),
        endpoint.address().toString(),
        place(endpoint.locality()),
        endpoint.attributes().getOrDefault(VERSION, ""),
        endpoint.weight(),
        endpoint.capacity(),
        EndpointCondition.of(endpoint, snapshot).tag(),
        decided.drained().isPresent(),
        decided.weight().isPresent(),
        decisions(decided));
  }

  private static List<Decided> decisions(EndpointControl decided) {
    return Stream.concat(
            decided.drained().stream().map(origin -> Decided.of("drained", origin)),
            decided.weight().stream()
                .map(weighed -> Decided.of("weight " + weighed.value(), weighed.origin())))
        .toList();
  }

  /**
   * @param perSecond picks and calls of late; its share is not known yet
   */
  Reading reading(Endpoint endpoint, LiveLoad live, double perSecond, double latencyMillis) {
    EndpointLoad load = live.at(nowNanos);
    double inFlight =
        load instanceof EndpointLoad.Known known
            ? known.expectedRequestsInFlight(nowNanos)
            : Double.NaN;
    EndpointLoad.Reported reported = load instanceof EndpointLoad.Reported r ? r : null;
    return new Reading(
        Rounded.number(perSecond),
        Double.NaN,
        Rounded.share(fairShare(endpoint)),
        Rounded.share(use(reported, inFlight / endpoint.capacity())),
        Rounded.number(inFlight),
        Rounded.number(latencyMillis),
        reported == null
            ? Double.NaN
            : Rounded.age(reported.age(nowNanos).toNanos() / NANOS_PER_MILLI),
        Rounded.share(live.failures().errorShare()),
        reported == null ? Double.NaN : Rounded.share(reported.report().cpuUtilization()));
  }

  private double fairShare(Endpoint endpoint) {
    boolean picked = snapshot.eligible().find(endpoint.id()).isPresent();
    return picked && weights > 0 ? endpoint.weight() / weights : 0;
  }

  /** What the endpoint says of its capacity, else what is in flight there. */
  private static double use(EndpointLoad.@Nullable Reported reported, double inFlightByCapacity) {
    return reported != null && reported.report().applicationUtilization() > 0
        ? reported.report().applicationUtilization()
        : inFlightByCapacity;
  }

  private static String place(Locality locality) {
    return Stream.of(locality.region(), locality.zone(), locality.subZone())
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("/"));
  }
}
