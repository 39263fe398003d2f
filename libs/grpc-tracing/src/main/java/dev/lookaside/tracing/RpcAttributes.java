package dev.lookaside.tracing;

import io.grpc.Status;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

/**
 * The names of OpenTelemetry's semantic conventions for RPCs, as of their stable version. Only the
 * method is a label of metrics, which an application may make of the same observations.
 */
final class RpcAttributes {
  private static final KeyValue SYSTEM = KeyValue.of("rpc.system.name", "grpc");
  private static final String METHOD = "rpc.method";
  private static final String STATUS = "rpc.response.status_code";
  static final String SERVER_ADDRESS = "server.address";
  static final String SERVER_PORT = "server.port";

  private RpcAttributes() {}

  /**
   * @param method such as {@code lookaside.v1.LoadBalancer/Pick}
   */
  static KeyValues ofMethod(String method) {
    return KeyValues.of(SYSTEM, KeyValue.of(METHOD, method));
  }

  /**
   * @param code null as long as there is none: a call that ends without one was cancelled
   */
  static KeyValues ofEnd(Status.@Nullable Code code) {
    return KeyValues.of(STATUS, (code == null ? Status.Code.CANCELLED : code).name());
  }
}
