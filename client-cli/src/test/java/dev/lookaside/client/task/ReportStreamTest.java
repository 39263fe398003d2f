package dev.lookaside.client.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lookaside.client.FakeBalancer;
import dev.lookaside.core.time.ManualTicker;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.Outcome;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ReportStreamTest {

  @Test
  void deliversWhatWasSentBeforeItFinishes() {
    try (FakeBalancer balancer = FakeBalancer.hanging()) {
      ManagedChannel channel =
          new Channels(InsecureChannelCredentials.create()).open(balancer.address());
      var stub = LoadBalancerGrpc.newStub(channel);
      ReportStream stream = new ReportStream(stub::report, new ManualTicker());
      for (int i = 0; i < 500; i++) {
        stream.send(outcome("w" + i));
      }

      var finished = stream.finish();

      await().until(finished::isDone);
      assertThat(balancer.outcomes).hasSize(500);
      assertThat(stream.finish()).isDone();
      channel.shutdownNow();
    }
  }

  @Test
  void reopensAfterAPauseWhenItBreaks() {
    ManualTicker ticker = new ManualTicker();
    List<StreamObserver<?>> opened = new ArrayList<>();
    ReportStream stream = new ReportStream(opened::add, ticker);
    stream.send(outcome("w1"));

    opened.get(0).onError(Status.UNAVAILABLE.asRuntimeException());
    stream.send(outcome("w2"));
    assertThat(opened).hasSize(1);

    ticker.advance(Duration.ofSeconds(ReportStream.REOPEN_SECONDS));
    stream.send(outcome("w3"));
    assertThat(opened).hasSize(2);
  }

  @Test
  void aStreamThatCannotBeOpenedCostsNoTaskAndIsOpenedAgain() {
    ManualTicker ticker = new ManualTicker();
    AtomicInteger opened = new AtomicInteger();
    ReportStream stream =
        new ReportStream(
            observer -> {
              opened.incrementAndGet();
              throw new IllegalStateException("broken");
            },
            ticker);

    stream.send(outcome("w1"));
    ticker.advance(Duration.ofSeconds(ReportStream.REOPEN_SECONDS));
    stream.send(outcome("w2"));

    assertThat(opened).hasValue(2);
    assertThat(stream.finish()).isDone();
  }

  private static Outcome outcome(String id) {
    return Outcome.newBuilder().setService("worker").setEndpointId(id).build();
  }
}
