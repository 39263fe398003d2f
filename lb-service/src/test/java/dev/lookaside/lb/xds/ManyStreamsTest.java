package dev.lookaside.lb.xds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.lb.testing.FakeWorker;
import dev.lookaside.lb.testing.TestLine;
import dev.lookaside.v1.PickRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** As many streams as one balancer takes. */
final class ManyStreamsTest {
  private static final int STREAMS = 10_000;
  private static final int CONNECTIONS = 20;
  private static final Duration BUSY = Duration.ofSeconds(40);

  private final FakeWorker worker = FakeWorker.working();
  private final TestLine line =
      TestLine.with(
          TestLine.Settings.of("rr")
              .with(new AdsLimits(STREAMS, STREAMS, 1, Duration.ofMinutes(1), 0.05)));
  private final List<ManagedChannel> channels =
      Stream.generate(line::anotherChannel).limit(CONNECTIONS).toList();

  @AfterEach
  void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    line.close();
    worker.close();
  }

  @Test
  void tenThousandAreToldOfEveryChangeAndTheNextIsRefusedAndPicksGoOn() {
    line.registered("worker", worker.endpoint("w1"));
    await().until(() -> line.ready("worker") == 1);
    List<RawClient> clients = new ArrayList<>();
    IntStream.range(0, STREAMS)
        .forEach(i -> {
          RawClient client = RawClient.of(channels.get(i % CONNECTIONS));
          client.subscribe(ResourceType.ENDPOINTS, "worker");
          clients.add(client);
        });
    allHave(clients, 1);

    RawClient next = RawClient.of(line.channel());
    Status refused = next.end.orTimeout(BUSY.toSeconds(), TimeUnit.SECONDS).join();
    assertThat(refused.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(refused.getDescription())
        .isEqualTo("this balancer has 10000 streams of xDS (expected: at most 10000)");

    line.registered("worker", worker.endpoint("w1"), unreachable());
    for (int i = 0; i < 100; i++) {
      assertThat(line.client().pick(pick()).getEndpoint().getId()).isEqualTo("w1");
    }
    allHave(clients, 2);
    assertThat(clients).noneMatch(client -> client.end.isDone());

    clients.forEach(RawClient::cancel);
    await().atMost(BUSY).until(() -> streams() == 0);
  }

  /** Nobody is there. */
  private static Endpoint unreachable() {
    return Endpoint.of("worker", "w2", new Address("127.1.0.2", 1));
  }

  private static PickRequest pick() {
    return PickRequest.newBuilder().setService("worker").build();
  }

  private static void allHave(List<RawClient> clients, int responses) {
    await()
        .atMost(BUSY)
        .until(() -> clients.stream().allMatch(client -> client.responses.size() >= responses));
  }

  private double streams() {
    return line.meters.get("lookaside.xds.streams").gauge().value();
  }
}
