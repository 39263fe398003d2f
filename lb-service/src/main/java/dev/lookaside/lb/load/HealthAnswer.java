package dev.lookaside.lb.load;

import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;

/** What an endpoint's answer to grpc.health.v1 means. */
public enum HealthAnswer {
  SERVING,
  NOT_SERVING,
  /** Nobody answered. */
  NONE;

  public static HealthAnswer of(HealthCheckResponse response) {
    return response.getStatus() == ServingStatus.NOT_SERVING ? NOT_SERVING : SERVING;
  }

  /**
   * A server that has no health service, no overall health, or does not let us ask, has answered
   * all the same: it is there and has not said that it does not serve. Other codes may be made by
   * the transport, or by a server that cannot answer anything.
   */
  public static HealthAnswer of(Status status) {
    return switch (status.getCode()) {
      case OK, UNIMPLEMENTED, NOT_FOUND, PERMISSION_DENIED, UNAUTHENTICATED, RESOURCE_EXHAUSTED ->
          SERVING;
      case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE, ALREADY_EXISTS -> SERVING;
      case CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, ABORTED, INTERNAL, UNAVAILABLE, DATA_LOSS -> NONE;
    };
  }
}
