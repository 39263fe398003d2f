package dev.lookaside.lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.lookaside.core.endpoint.Locality;
import dev.lookaside.lb.testing.FakeWorker;
import dev.lookaside.lb.testing.RunningLb;
import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.registry.registrar.Registrar;
import dev.lookaside.registry.registrar.RegistrarListener;
import dev.lookaside.registry.registrar.RegistrarSettings;
import dev.lookaside.registry.registrar.Registration;
import dev.lookaside.testing.etcd.EtcdExtension;
import dev.lookaside.testing.etcd.EtcdServer;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.PickRequest;
import dev.lookaside.v1.PickResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole application on an etcd, with workers that register themselves. */
@ExtendWith(EtcdExtension.class)
class LbWithEtcdTest {
  /** Half a lease: on a machine that is busy; otherwise it takes milliseconds. */
  private static final Duration GONE_WITHIN = Duration.ofSeconds(5);

  private final EtcdSettings etcd;
  private final RunningLb lb;
  private final List<Registrar> registrars = new ArrayList<>();
  private final FakeWorker worker = FakeWorker.start();

  LbWithEtcdTest(EtcdServer server) {
    etcd = EtcdSettings.of(server.clientUri()).withRoot("test-" + UUID.randomUUID());
    lb =
        RunningLb.start(
            "--lb.type=ll",
            "--lb.services.special.type=first",
            "--lb.load.expiration=1m",
            "--lb.load.silence=1m",
            "--etcd.endpoints=" + server.clientUri(),
            "--etcd.root=" + etcd.root());
  }

  @BeforeEach
  void report() {
    worker.reportRequestsInFlight(2);
  }

  @AfterEach
  void close() {
    registrars.forEach(Registrar::close);
    lb.close();
    worker.close();
  }

  @Test
  void picksWhatIsRegisteredAndReportsItsLoad() {
    register("worker", "w1");

    PickResponse response = awaitPick("worker");

    assertThat(response.getEndpoint().getId()).isEqualTo("w1");
    assertThat(response.getEndpoint().getAddress()).isEqualTo(worker.address().toString());
    assertThat(response.getPolicy()).isEqualTo("ll");
  }

  @Test
  void servesAnyServiceUnderTheRootByItsOwnPolicy() {
    register("worker", "w1");
    register("special", "w1");

    assertThat(awaitPick("special").getPolicy()).isEqualTo("first");
    assertThat(awaitPick("worker").getPolicy()).isEqualTo("ll");
  }

  @Test
  void aDeadWorkerIsGoneLongBeforeItsLease() {
    register("worker", "w1");
    awaitPick("worker");

    worker.kill();

    await().atMost(GONE_WITHIN).until(() -> pickFails("worker", Status.Code.UNAVAILABLE));
    worker.restart();
    awaitPick("worker");
  }

  @Test
  void aWorkerThatSignsOffIsGoneAtOnceAndTheServiceStaysKnown() {
    Registrar registrar = register("worker", "w1");
    awaitPick("worker");

    registrar.close();

    await().atMost(GONE_WITHIN).until(() -> pickFails("worker", Status.Code.UNAVAILABLE));
    assertThat(pickFails("nobody", Status.Code.NOT_FOUND)).isTrue();
  }

  @Test
  void becomesReadyWithTheFirstReadingOfTheRegistry() {
    await().until(() -> lb.get("/actuator/health/readiness").statusCode() == 200);

    assertThat(lb.get("/actuator/health").body()).contains("\"sync\":\"in_sync\"");
    var health = HealthGrpc.newBlockingStub(lb.channel());
    assertThat(health.check(HealthCheckRequest.getDefaultInstance()).getStatus())
        .isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void showsOperatorsAndPrometheusWhatItKnows() {
    register("worker", "w1");
    awaitPick("worker");

    assertThat(lb.get("/prometheus/targets").body())
        .contains("\"targets\":[\"127.0.0.1:9999\"]")
        .contains("\"worker\":\"w1\"")
        .contains("\"service\":\"worker\"");
    assertThat(lb.get("/actuator/health").body()).contains("\"worker\":\"1 of 1 ready\"");
    assertThat(lb.get("/actuator/lookaside").body())
        .contains("\"policy\":\"ll\"")
        .contains("\"connectivity\":\"READY\"")
        .contains("\"requestsInFlight\":2.0")
        .contains("\"ranking\":[{\"id\":\"w1\"")
        .contains("pick service=worker client=test -> w1 " + worker.address() + " (ll, 1 of 1");
    assertThat(lb.get("/actuator/prometheus").body())
        .contains("lookaside_endpoints{service=\"worker\",state=\"ready\"} 1")
        .contains("lookaside_endpoint_requests_in_flight{endpoint=\"w1\",service=\"worker\"} 2.0")
        .contains(
            "lookaside_picks_total{endpoint=\"w1\",outcome=\"picked\",policy=\"ll\","
                + "service=\"worker\"} 1.0");
  }

  private Registrar register(String service, String id) {
    Registrar registrar =
        new Registrar(
            etcd,
            RegistrarSettings.defaults(),
            new Registration(
                service,
                id,
                worker.address(),
                Locality.UNSPECIFIED,
                1,
                2,
                UUID.randomUUID().toString(),
                Map.of("metricsAddress", "127.0.0.1:9999")),
            new RegistrarListener() {});
    registrars.add(registrar);
    registrar.start();
    return registrar;
  }

  private PickResponse awaitPick(String service) {
    return await()
        .ignoreExceptionsInstanceOf(StatusRuntimeException.class)
        .until(() -> pick(service), response -> true);
  }

  private PickResponse pick(String service) {
    return LoadBalancerGrpc.newBlockingStub(lb.channel())
        .pick(PickRequest.newBuilder().setService(service).setClientId("test").build());
  }

  private boolean pickFails(String service, Status.Code code) {
    var failure = catchThrowableOfType(StatusRuntimeException.class, () -> pick(service));
    return failure != null && failure.getStatus().getCode() == code;
  }
}
