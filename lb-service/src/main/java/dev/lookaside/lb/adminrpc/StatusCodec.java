package dev.lookaside.lb.adminrpc;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.lookaside.lb.admin.EndpointStatus;
import dev.lookaside.lb.admin.FleetStatus;
import dev.lookaside.lb.admin.ServiceStatus;
import dev.lookaside.lb.explain.LoadStatus;
import dev.lookaside.lb.report.BranchStatus;
import dev.lookaside.lb.shadow.ShadowStatus;
import dev.lookaside.lb.traffic.EndpointCondition;
import dev.lookaside.registry.control.Origin;
import dev.lookaside.v1.Decided;
import dev.lookaside.v1.ListEndpointsResponse;
import dev.lookaside.wire.TableCodec;
import java.time.Instant;

/** What operators are shown, as messages. */
final class StatusCodec {
  private StatusCodec() {}

  static ListEndpointsResponse.Builder write(FleetStatus status) {
    var response =
        ListEndpointsResponse.newBuilder()
            .setBalancer(status.balancer())
            .setRegistrySync(status.sync())
            .setRegistryRevision(status.revision());
    status.age().ifPresent(age -> response.setRegistryAge(write(age)));
    status.services().forEach(service -> response.addServices(write(service)));
    return response;
  }

  private static dev.lookaside.v1.ServiceStatus write(ServiceStatus status) {
    var service =
        dev.lookaside.v1.ServiceStatus.newBuilder()
            .setService(status.service())
            .setPolicy(status.policy())
            .setConfiguredPolicy(status.configuredPolicy())
            .setTableVersion(status.tableVersion())
            .setControlRevision(status.controlRevision())
            .addAllDecidedAbsentIds(status.decidedAbsentIds());
    status.chosen().ifPresent(chosen -> service.setPolicyDecided(write(chosen.origin())));
    status.endpoints().forEach(endpoint -> service.addEndpoints(write(endpoint)));
    status.shadows().forEach(shadow -> service.addShadows(write(shadow)));
    status.branches().forEach(branch -> service.addBranches(write(branch)));
    return service.build();
  }

  private static dev.lookaside.v1.ShadowStatus write(ShadowStatus status) {
    return dev.lookaside.v1.ShadowStatus.newBuilder()
        .setPolicy(status.policy())
        .setPicks(status.picks())
        .setAgreed(status.agreed())
        .setLoad(status.load())
        .setLiveLoad(status.liveLoad())
        .build();
  }

  private static dev.lookaside.v1.BranchStatus write(BranchStatus status) {
    return dev.lookaside.v1.BranchStatus.newBuilder()
        .setPolicy(status.policy())
        .setSucceeded(status.succeeded())
        .setFailed(status.failed())
        .setLatency(write(status.latency()))
        .build();
  }

  private static dev.lookaside.v1.EndpointStatus write(EndpointStatus status) {
    var endpoint =
        dev.lookaside.v1.EndpointStatus.newBuilder()
            .setEndpoint(TableCodec.write(status.endpoint()))
            .setCondition(write(status.condition()))
            .setConditionReason(status.reason())
            .setWeight(status.endpoint().weight())
            .setCapacity(status.endpoint().capacity())
            .setOwnInFlight(status.ownInFlight())
            .setPicks(status.picks())
            .setFairShare(status.fairShare())
            .setErrorShare(status.errorShare())
            .putAllAttributes(status.endpoint().attributes());
    status.decided().weight().ifPresent(w -> endpoint.setWeightDecided(write(w.origin())));
    status.decided().drained().ifPresent(origin -> endpoint.setDrained(write(origin)));
    status.load().ifPresent(load -> endpoint.setLoad(write(load)));
    status.inFlight().ifPresent(endpoint::setInFlight);
    status.requestShare().ifPresent(endpoint::setRequestShare);
    status.latency().ifPresent(latency -> endpoint.setLatency(write(latency)));
    return endpoint.build();
  }

  static dev.lookaside.v1.LoadStatus write(LoadStatus load) {
    return dev.lookaside.v1.LoadStatus.newBuilder()
        .setAge(write(load.age()))
        .setRequestsInFlight(load.report().requestsInFlight())
        .setDispatchedSince(load.dispatchedSince())
        .setCompletedSince(load.completedSince())
        .setApplicationUtilization(load.report().applicationUtilization())
        .setCpuUtilization(load.report().cpuUtilization())
        .setMemUtilization(load.report().memUtilization())
        .setRps(load.report().rpsFractional())
        .setEps(load.report().eps())
        .build();
  }

  private static Decided write(Origin origin) {
    return Decided.newBuilder()
        .setBy(origin.by())
        .setProof(origin.proof())
        .setAt(write(origin.at()))
        .setWhy(origin.why())
        .build();
  }

  static Timestamp write(Instant at) {
    return Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()).build();
  }

  static Duration write(java.time.Duration duration) {
    return Duration.newBuilder()
        .setSeconds(duration.getSeconds())
        .setNanos(duration.getNano())
        .build();
  }

  static dev.lookaside.v1.EndpointCondition write(EndpointCondition condition) {
    return switch (condition) {
      case READY -> dev.lookaside.v1.EndpointCondition.ENDPOINT_CONDITION_READY;
      case CONNECTING -> dev.lookaside.v1.EndpointCondition.ENDPOINT_CONDITION_CONNECTING;
      case TRANSIENT_FAILURE ->
          dev.lookaside.v1.EndpointCondition.ENDPOINT_CONDITION_TRANSIENT_FAILURE;
      case EJECTED -> dev.lookaside.v1.EndpointCondition.ENDPOINT_CONDITION_EJECTED;
      case DRAINING -> dev.lookaside.v1.EndpointCondition.ENDPOINT_CONDITION_DRAINING;
    };
  }
}
