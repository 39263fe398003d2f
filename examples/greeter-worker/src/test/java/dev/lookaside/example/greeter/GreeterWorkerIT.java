package dev.lookaside.example.greeter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lookaside.example.greeter.v1.GreetRequest;
import dev.lookaside.example.greeter.v1.GreeterGrpc;
import dev.lookaside.orca.v3.OpenRcaServiceGrpc;
import dev.lookaside.orca.v3.OrcaLoadReport;
import dev.lookaside.orca.v3.OrcaLoadReportRequest;
import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.registry.jetcd.EtcdClients;
import dev.lookaside.testing.etcd.EtcdExtension;
import dev.lookaside.testing.etcd.EtcdServer;
import dev.lookaside.v1.Endpoint;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.PickRequest;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;

/**
 * The example as its README promises: registered, balanced by the real balancer, called directly.
 */
@ExtendWith(EtcdExtension.class)
final class GreeterWorkerIT {
  private static final Duration STARTUP = Duration.ofSeconds(90);

  @Test
  void isRegisteredAndPickedAndAnswersAndLeaves(EtcdServer etcd, @TempDir Path directory)
      throws Exception {
    EtcdSettings settings = EtcdSettings.of(etcd.clientUri());
    try (var balancer = LbProcess.start(etcd.clientUri(), directory);
        Client client = EtcdClients.connect(settings)) {
      String worker;
      try (var greeter = SpringApplication.run(GreeterApplication.class, arguments(etcd))) {
        Endpoint endpoint = await().atMost(STARTUP).until(() -> pick(balancer), this::isThere);
        worker = endpoint.getAddress();

        assertThat(endpoint.getId()).isEqualTo("greeter1");
        assertThat(value(client)).contains("\"READY\"").contains(worker);
        assertThat(greeter.isActive()).isTrue();
        assertThatItServes(worker);
      }
      assertThat(value(client)).isEmpty();
      await().atMost(STARTUP).until(() -> !isThere(pick(balancer)));
    }
  }

  private static String[] arguments(EtcdServer etcd) {
    return new String[] {
      "--worker.id=greeter1",
      "--worker.port=0",
      "--worker.bind-address=127.0.0.1",
      "--worker.drain-delay=100ms",
      "--etcd.endpoints=" + etcd.clientUri()
    };
  }

  private static void assertThatItServes(String address) throws InterruptedException {
    ManagedChannel channel = channel(address);
    try {
      var greeting =
          GreeterGrpc.newBlockingStub(channel)
              .withDeadlineAfter(20, TimeUnit.SECONDS)
              .greet(GreetRequest.newBuilder().setName("Ada").build());
      assertThat(greeting.getGreeting()).isEqualTo("Hello, Ada!");

      var health =
          HealthGrpc.newBlockingStub(channel)
              .check(HealthCheckRequest.newBuilder().setService("greeter.v1.Greeter").build());
      assertThat(health.getStatus()).isEqualTo(ServingStatus.SERVING);

      await()
          .untilAsserted(() -> {
            OrcaLoadReport load = load(channel);
            assertThat(load.getRpsFractional()).isPositive();
            assertThat(load.getNamedMetricsMap())
                .containsEntry("requests_in_flight", 0.0)
                .containsKey("request_latency_seconds");
          });
    } finally {
      channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }
  }

  private static OrcaLoadReport load(ManagedChannel channel) {
    GreeterGrpc.newBlockingStub(channel).greet(GreetRequest.newBuilder().setName("Ada").build());
    return OpenRcaServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(5, TimeUnit.SECONDS)
        .streamCoreMetrics(OrcaLoadReportRequest.getDefaultInstance())
        .next();
  }

  /** What the balancer names, or an empty endpoint while it names none. */
  private static Endpoint pick(LbProcess balancer) {
    ManagedChannel channel = channel(balancer.address());
    try {
      return LoadBalancerGrpc.newBlockingStub(channel)
          .withDeadlineAfter(5, TimeUnit.SECONDS)
          .pick(PickRequest.newBuilder().setService("greeter").build())
          .getEndpoint();
    } catch (StatusRuntimeException notNow) {
      return Endpoint.getDefaultInstance();
    } finally {
      channel.shutdownNow();
    }
  }

  private boolean isThere(Endpoint endpoint) {
    return !endpoint.getAddress().isEmpty();
  }

  private static String value(Client etcd) throws Exception {
    var key = ByteSequence.from("lookaside/greeter/greeter1", StandardCharsets.UTF_8);
    return etcd.getKVClient().get(key).get(10, TimeUnit.SECONDS).getKvs().stream()
        .map(found -> found.getValue().toString(StandardCharsets.UTF_8))
        .findFirst()
        .orElse("");
  }

  private static ManagedChannel channel(String address) {
    return Grpc.newChannelBuilder(address, InsecureChannelCredentials.create()).build();
  }
}
