package dev.lookaside.worker.starter.warmup;

import dev.lookaside.orca.v3.OpenRcaServiceGrpc;
import dev.lookaside.orca.v3.OrcaLoadReportRequest;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import java.util.List;

/** What every worker serves: its health and its load, as a balancer asks for them. */
public final class StandardCalls {
  private StandardCalls() {}

  public static List<WarmUpCall> all() {
    return List.of(StandardCalls::health, StandardCalls::load);
  }

  private static void health(Channel self) {
    try {
      var unused = HealthGrpc.newBlockingStub(self).check(HealthCheckRequest.getDefaultInstance());
    } catch (StatusRuntimeException refused) {
      if (refused.getStatus().getCode() != Status.Code.UNIMPLEMENTED) {
        throw refused;
      }
    }
  }

  /** One report, and the reader leaves. */
  private static void load(Channel self) {
    try (Context.CancellableContext call = Context.current().withCancellation()) {
      call.run(() ->
          OpenRcaServiceGrpc.newBlockingStub(self)
              .streamCoreMetrics(OrcaLoadReportRequest.getDefaultInstance())
              .next());
    }
  }
}
