package dev.lookaside.client.grpc.subscription;

import dev.lookaside.core.balancer.OutlierSettings;
import dev.lookaside.core.balancer.SlowStart;
import dev.lookaside.core.balancer.TrafficSettings;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointState;
import dev.lookaside.core.endpoint.Locality;
import dev.lookaside.core.load.LoadReport;
import dev.lookaside.v1.Balancing;
import dev.lookaside.v1.LoadUpdate;
import dev.lookaside.v1.OutlierDetection;
import dev.lookaside.v1.TableEndpoint;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Reads the balancer's messages into the types of lb-core. Whatever makes no sense is refused with
 * an {@link IllegalArgumentException}.
 */
final class Wire {
  private static final double THOUSANDTHS = 1e3;

  private Wire() {}

  static Endpoint endpoint(String service, TableEndpoint wire) {
    dev.lookaside.v1.Endpoint said = wire.getEndpoint();
    if (!said.getService().equals(service)) {
      throw new IllegalArgumentException(
          "endpoint '%s' is of service '%s' (expected: %s)"
              .formatted(said.getId(), said.getService(), service));
    }
    return new Endpoint(
        service,
        said.getId(),
        Address.parse(said.getAddress()),
        new Locality(
            said.getLocality().getRegion(),
            said.getLocality().getZone(),
            said.getLocality().getSubZone()),
        wire.getWeight(),
        wire.getCapacity(),
        state(wire),
        said.getIncarnation(),
        Map.of());
  }

  private static EndpointState state(TableEndpoint wire) {
    return switch (wire.getState()) {
      case ENDPOINT_STATE_READY -> EndpointState.READY;
      // A state that only newer balancers know is not one that takes calls.
      case ENDPOINT_STATE_DRAINING, UNRECOGNIZED -> EndpointState.DRAINING;
      case ENDPOINT_STATE_UNSPECIFIED ->
          throw new IllegalArgumentException(
              "endpoint '%s' has no state (expected: READY or DRAINING)"
                  .formatted(wire.getEndpoint().getId()));
    };
  }

  static boolean isAdvisedAgainst(TableEndpoint wire) {
    return switch (wire.getHealth()) {
      case ENDPOINT_HEALTH_UNREACHABLE, ENDPOINT_HEALTH_EJECTED -> true;
      case ENDPOINT_HEALTH_HEALTHY, ENDPOINT_HEALTH_UNSPECIFIED, UNRECOGNIZED -> false;
    };
  }

  static TrafficSettings traffic(Balancing wire) {
    return new TrafficSettings(
        SlowStart.over(duration(wire.getSlowStart())),
        wire.hasOutlierDetection()
            ? Optional.of(outliers(wire.getOutlierDetection()))
            : Optional.empty(),
        Optional.empty(),
        wire.getPanicThreshold());
  }

  private static OutlierSettings outliers(OutlierDetection wire) {
    OutlierSettings defaults = OutlierSettings.defaults();
    return new OutlierSettings(
        duration(wire.getInterval()),
        duration(wire.getBaseEjectionTime()),
        duration(wire.getMaxEjectionTime()),
        wire.getMaxEjectionPercent(),
        wire.getConsecutiveErrors(),
        defaults.successRate(),
        defaults.failurePercentage());
  }

  /** Throws unless the lists of an update are as long as each other. */
  static void requireParallel(LoadUpdate wire) {
    int count = wire.getNumbersCount();
    if (wire.getAgeMillisCount() != count
        || wire.getRequestsInFlightCount() != count
        || wire.getApplicationUtilizationMillisCount() != count
        || wire.getCpuUtilizationMillisCount() != count
        || wire.getRpsMillisCount() != count
        || wire.getEpsMillisCount() != count) {
      throw new IllegalArgumentException(
          "load update has lists of different lengths (expected: %d values in each)"
              .formatted(count));
    }
  }

  /** The report at one place of the lists; empty if its values make no sense. */
  static Optional<LoadReport> report(LoadUpdate wire, int index, long nowNanos) {
    try {
      return Optional.of(
          new LoadReport(
              Integer.toUnsignedLong(wire.getCpuUtilizationMillis(index)) / THOUSANDTHS,
              0,
              Integer.toUnsignedLong(wire.getApplicationUtilizationMillis(index)) / THOUSANDTHS,
              wire.getRpsMillis(index) / THOUSANDTHS,
              wire.getEpsMillis(index) / THOUSANDTHS,
              Integer.toUnsignedLong(wire.getRequestsInFlight(index)),
              Map.of(),
              nowNanos - ageNanos(wire, index)));
    } catch (IllegalArgumentException e) {
      // One endpoint's load is worth no more than that: it counts as unknown.
      return Optional.empty();
    }
  }

  private static long ageNanos(LoadUpdate wire, int index) {
    return TimeUnit.MILLISECONDS.toNanos(Integer.toUnsignedLong(wire.getAgeMillis(index)));
  }

  static com.google.protobuf.Duration duration(Duration duration) {
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(duration.getSeconds())
        .setNanos(duration.getNano())
        .build();
  }

  private static Duration duration(com.google.protobuf.Duration wire) {
    return Duration.ofSeconds(wire.getSeconds(), wire.getNanos());
  }
}
