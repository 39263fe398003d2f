package dev.lookaside.lb.subscribe;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import dev.lookaside.core.balancer.Connectivity;
import dev.lookaside.core.balancer.OutlierSettings;
import dev.lookaside.core.balancer.ServiceSnapshot;
import dev.lookaside.core.balancer.TrafficSettings;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.Locality;
import dev.lookaside.v1.Balancing;
import dev.lookaside.v1.EndpointHealth;
import dev.lookaside.v1.EndpointState;
import dev.lookaside.v1.OutlierDetection;
import dev.lookaside.v1.TableEndpoint;

/** Makes messages of the core's types. */
final class Messages {
  private Messages() {}

  static TableEndpoint endpoint(int number, Endpoint endpoint, EndpointHealth health) {
    Locality locality = endpoint.locality();
    return TableEndpoint.newBuilder()
        .setNumber(number)
        .setEndpoint(
            dev.lookaside.v1.Endpoint.newBuilder()
                .setId(endpoint.id())
                .setService(endpoint.service())
                .setAddress(endpoint.address().toString())
                .setLocality(
                    dev.lookaside.v1.Locality.newBuilder()
                        .setRegion(locality.region())
                        .setZone(locality.zone())
                        .setSubZone(locality.subZone()))
                .setIncarnation(endpoint.incarnation()))
        .setWeight(endpoint.weight())
        .setCapacity(endpoint.capacity())
        .setState(state(endpoint))
        .setHealth(health)
        .build();
  }

  private static EndpointState state(Endpoint endpoint) {
    return switch (endpoint.state()) {
      case READY -> EndpointState.ENDPOINT_STATE_READY;
      case DRAINING -> EndpointState.ENDPOINT_STATE_DRAINING;
    };
  }

  static EndpointHealth health(Endpoint endpoint, ServiceSnapshot snapshot) {
    if (snapshot.ejected().contains(endpoint.id())) {
      return EndpointHealth.ENDPOINT_HEALTH_EJECTED;
    }
    Connectivity connectivity = snapshot.connectivityOf(endpoint);
    return switch (connectivity) {
      case READY -> EndpointHealth.ENDPOINT_HEALTH_HEALTHY;
      case TRANSIENT_FAILURE -> EndpointHealth.ENDPOINT_HEALTH_UNREACHABLE;
      case CONNECTING -> EndpointHealth.ENDPOINT_HEALTH_UNSPECIFIED;
    };
  }

  static Balancing balancing(String policy, TrafficSettings traffic) {
    Balancing.Builder balancing =
        Balancing.newBuilder()
            .setPolicy(policy)
            .setSlowStart(duration(traffic.slowStart().window()))
            .setPanicThreshold(traffic.panicThreshold());
    traffic.outliers().map(Messages::outliers).ifPresent(balancing::setOutlierDetection);
    return balancing.build();
  }

  private static OutlierDetection outliers(OutlierSettings settings) {
    return OutlierDetection.newBuilder()
        .setInterval(duration(settings.interval()))
        .setBaseEjectionTime(duration(settings.baseEjectionTime()))
        .setMaxEjectionTime(duration(settings.maxEjectionTime()))
        .setMaxEjectionPercent(settings.maxEjectionPercent())
        .setConsecutiveErrors(settings.consecutiveErrors())
        .build();
  }

  private static Duration duration(java.time.Duration duration) {
    return Durations.fromNanos(duration.toNanos());
  }
}
