package dev.lookaside.example.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lookaside.example.clock.v1.ClockGrpc;
import dev.lookaside.example.clock.v1.NowRequest;
import dev.lookaside.orca.v3.OpenRcaServiceGrpc;
import dev.lookaside.orca.v3.OrcaLoadReport;
import dev.lookaside.orca.v3.OrcaLoadReportRequest;
import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.registry.jetcd.EtcdClients;
import dev.lookaside.testing.etcd.EtcdExtension;
import dev.lookaside.testing.etcd.EtcdServer;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;

/** What a worker does on net.devh's server it does on Spring Boot's. */
@ExtendWith(EtcdExtension.class)
final class ClockWorkerIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern ADDRESS = Pattern.compile("127\\.0\\.0\\.1:([0-9]+)");

  @Test
  void isRegisteredAndServesAndReportsAndLeaves(EtcdServer etcd) throws Exception {
    try (Client client = EtcdClients.connect(EtcdSettings.of(etcd.clientUri()))) {
      try (var clock = SpringApplication.run(ClockApplication.class, arguments(etcd))) {
        await().atMost(PATIENCE).until(() -> value(client).contains("\"READY\""));
        assertThat(clock.isActive()).isTrue();
        assertThatItServes(portIn(value(client)));
      }
      assertThat(value(client)).isEmpty();
    }
  }

  private static String[] arguments(EtcdServer etcd) {
    return new String[] {
      "--worker.id=clock1",
      "--worker.port=0",
      "--worker.bind-address=127.0.0.1",
      "--worker.drain-delay=100ms",
      "--etcd.endpoints=" + etcd.clientUri()
    };
  }

  private static void assertThatItServes(int port) throws InterruptedException {
    ManagedChannel channel =
        Grpc.newChannelBuilderForAddress("127.0.0.1", port, InsecureChannelCredentials.create())
            .build();
    try {
      assertThat(now(channel)).matches("20[0-9]{2}-.*Z");

      var health =
          HealthGrpc.newBlockingStub(channel)
              .check(HealthCheckRequest.newBuilder().setService("clock.v1.Clock").build());
      assertThat(health.getStatus()).isEqualTo(ServingStatus.SERVING);

      await()
          .untilAsserted(() -> {
            now(channel);
            OrcaLoadReport load = load(channel);
            assertThat(load.getRpsFractional()).isPositive();
            assertThat(load.getNamedMetricsMap()).containsEntry("requests_in_flight", 0.0);
          });
    } finally {
      channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }
  }

  private static String now(ManagedChannel channel) {
    return ClockGrpc.newBlockingStub(channel)
        .withDeadlineAfter(20, TimeUnit.SECONDS)
        .now(NowRequest.getDefaultInstance())
        .getTime();
  }

  private static OrcaLoadReport load(ManagedChannel channel) {
    return OpenRcaServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(5, TimeUnit.SECONDS)
        .streamCoreMetrics(OrcaLoadReportRequest.getDefaultInstance())
        .next();
  }

  private static int portIn(String value) {
    Matcher address = ADDRESS.matcher(value);
    assertThat(address.find()).describedAs(value).isTrue();
    return Integer.parseInt(address.group(1));
  }

  private static String value(Client etcd) throws Exception {
    var key = ByteSequence.from("lookaside/clock/clock1", StandardCharsets.UTF_8);
    return etcd.getKVClient().get(key).get(10, TimeUnit.SECONDS).getKvs().stream()
        .map(found -> found.getValue().toString(StandardCharsets.UTF_8))
        .findFirst()
        .orElse("");
  }
}
