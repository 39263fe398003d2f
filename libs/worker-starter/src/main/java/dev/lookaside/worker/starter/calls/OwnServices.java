package dev.lookaside.worker.starter.calls;

import dev.lookaside.orca.v3.OpenRcaServiceGrpc;
import org.jspecify.annotations.Nullable;

/** The services that a worker serves for balancers and operators rather than for its callers. */
public final class OwnServices {
  private static final String GRPC = "grpc.";

  private OwnServices() {}

  /**
   * Whether this is a service of gRPC itself, such as health and reflection, or the load stream.
   */
  public static boolean contains(@Nullable String service) {
    return service != null
        && (service.startsWith(GRPC) || service.equals(OpenRcaServiceGrpc.SERVICE_NAME));
  }
}
