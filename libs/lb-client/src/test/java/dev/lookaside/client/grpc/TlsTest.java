package dev.lookaside.client.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lookaside.client.grpc.testing.Calls;
import dev.lookaside.client.grpc.testing.CapturedLog;
import dev.lookaside.client.grpc.testing.Certificate;
import dev.lookaside.client.grpc.testing.FakeBalancer;
import dev.lookaside.client.grpc.testing.FakeWorker;
import dev.lookaside.v1.TableEndpoint;
import io.grpc.ChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Endpoints that prove who they are. */
final class TlsTest {
  private static Certificate ofTheAddress;
  private static Certificate ofTheName;

  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeAll
  static void makeCertificates(@TempDir Path directory) {
    ofTheAddress = Certificate.of("ip:127.0.0.1", directory);
    ofTheName = Certificate.of("dns:localhost", directory);
  }

  @AfterEach
  void closeAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  @Test
  void endpointsProveToBeTheirOwnHostEachWithACertificateOfItsOwn() {
    ManagedChannel channel =
        channel(
            registered(worker("w1", ofTheAddress), "127.0.0.1"),
            registered(worker("w2", ofTheName), "localhost"));
    await().until(() -> Calls.many(channel, 10).keySet().equals(Set.of("w1", "w2")));
  }

  @Test
  void anEndpointWithACertificateOfAnotherHostIsNotCalledAndTheErrorAndOneLineSayWhy() {
    CapturedLog log = new CapturedLog("dev.lookaside.client.grpc.balancing.LinkContext");
    open.add(log);
    ManagedChannel channel =
        channel(
            registered(worker("w1", ofTheAddress), "localhost"),
            registered(worker("w2", ofTheAddress), "localhost"));

    assertThatThrownBy(() -> Calls.one(channel))
        .hasMessageContaining("UNAVAILABLE")
        .hasMessageContaining("w1 at localhost:")
        .hasMessageContaining(": TLS: No name matching localhost found");
    assertThat(log.lines()).hasSize(1);
    assertThat(log.lines().get(0))
        .contains("of worker at localhost:", "is not called: TLS: No name");
  }

  private FakeWorker worker(String id, Certificate certificate) {
    FakeWorker worker =
        new FakeWorker(
            id, TlsServerCredentials.newBuilder().keyManager(certificate.keys()).build());
    open.add(worker);
    return worker;
  }

  private static TableEndpoint registered(FakeWorker worker, String host) {
    TableEndpoint.Builder registered = worker.registered("worker");
    registered.getEndpointBuilder().setAddress(host + ":" + worker.port());
    return registered.build();
  }

  private ManagedChannel channel(TableEndpoint... endpoints) {
    FakeBalancer balancer = new FakeBalancer();
    open.add(balancer);
    balancer.greetWith(balancer.table(List.of(endpoints), FakeBalancer.rules("rr")));
    ChannelCredentials credentials =
        TlsChannelCredentials.newBuilder()
            .trustManager(Certificate.trust(ofTheAddress, ofTheName))
            .build();
    ManagedChannel channel =
        Lookaside.newChannelBuilder(
                "worker",
                ClientSettings.defaults().withBalancers(List.of(balancer.address())),
                credentials)
            .build();
    open.add(channel::shutdownNow);
    return channel;
  }
}
