package dev.lookaside.worker.starter.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.load.LoadReport;
import dev.lookaside.orca.v3.OpenRcaServiceGrpc;
import dev.lookaside.orca.v3.OrcaLoadReportRequest;
import dev.lookaside.security.audit.AuditLog;
import dev.lookaside.security.identity.Caller;
import dev.lookaside.security.identity.Principal;
import dev.lookaside.security.identity.Principal.Proof;
import dev.lookaside.security.rights.Guard;
import dev.lookaside.security.rights.Judge;
import dev.lookaside.security.rights.Policy;
import dev.lookaside.security.rights.Rights;
import dev.lookaside.security.rights.Role;
import dev.lookaside.worker.starter.orca.OrcaGrpcService;
import io.grpc.Contexts;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker of the service greeter, with security on. */
final class ServedServiceTest {
  private static final Principal CALLER = new Principal("someone", Proof.CERTIFICATE);

  private final OrcaGrpcService orca =
      new OrcaGrpcService(
          () -> LoadReport.ofRequestsInFlight(1, 0), Executors.newSingleThreadScheduledExecutor());
  private final AuditLog audit = new AuditLog(InstantSource.system(), line -> {});
  private Rights rights = Rights.NONE;
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws Exception {
    Judge judge =
        new Judge(() -> new Policy(List.of(new Policy.Rule("someone", rights))), Optional::empty);
    server =
        InProcessServerBuilder.forName("served")
            .addService(orca)
            .addService(new HealthStatusManager().getHealthService())
            .intercept(new Guard(judge, new ServedService("greeter"), audit))
            .intercept(new Calls())
            .build()
            .start();
    channel = InProcessChannelBuilder.forName("served").build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
    orca.close();
    audit.close();
  }

  @Test
  void aClientFollowsTheLoadOfWorkersThatItMayCall() {
    rights = new Rights(Set.of(Role.CLIENT), List.of("greeter"));
    assertThat(followed()).isEqualTo(Status.Code.OK);
  }

  @Test
  void aClientOfOtherServicesFollowsNothingHere() {
    rights = new Rights(Set.of(Role.CLIENT), List.of("billing"));
    assertThat(followed()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(health()).isEqualTo(Status.Code.OK);
  }

  @Test
  void aWorkerFollowsNoOther() {
    rights = new Rights(Set.of(Role.WORKER), List.of("greeter"));
    assertThat(followed()).isEqualTo(Status.Code.PERMISSION_DENIED);
  }

  private Status.Code followed() {
    return end(() ->
        OpenRcaServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(20, TimeUnit.SECONDS)
            .streamCoreMetrics(OrcaLoadReportRequest.getDefaultInstance())
            .next());
  }

  private Status.Code health() {
    return end(
        () -> HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.getDefaultInstance()));
  }

  private static Status.Code end(Runnable call) {
    try {
      call.run();
      return Status.Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    }
  }

  /** Says who calls, as a certificate would. */
  private static final class Calls implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      return Contexts.interceptCall(Caller.with(CALLER), call, headers, next);
    }
  }
}
