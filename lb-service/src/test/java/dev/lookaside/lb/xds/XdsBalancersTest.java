package dev.lookaside.lb.xds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.lb.testing.FakeWorker;
import dev.lookaside.lb.testing.TestLine;
import dev.lookaside.testing.net.FreePorts;
import io.grpc.NameResolverRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** gRPC's own client while balancers and workers die under it. */
final class XdsBalancersTest {
  private final FakeWorker one = FakeWorker.working();
  private final FakeWorker two = FakeWorker.working();
  private final FakeWorker three = FakeWorker.working();

  @AfterEach
  void close() {
    one.close();
    two.close();
    three.close();
  }

  @Test
  void whileItsBalancerIsAwayAClientGoesOnAndLaterHearsOfWhatIsNew() throws Exception {
    int port = FreePorts.one();
    TestLine first = line(port);
    first.registered("worker", one.endpoint("w1"), two.endpoint("w2"));
    try (StockClient client = StockClient.of("worker", port)) {
      client.calls(20);

      first.close();
      client.calls(200);
      two.kill();
      client.calls(200);

      try (TestLine back = line(port)) {
        back.registered("worker", one.endpoint("w1"), three.endpoint("w3"));
        await()
            .until(() -> {
              client.calls(10);
              return three.takeTasks() > 0;
            });
      }
    }
  }

  /** Named fallback in gRPC's tests (gRFC A71). */
  @Test
  void fallback() throws Exception {
    int dead = FreePorts.one();
    try (TestLine line = line(0)) {
      line.registered("worker", one.endpoint("w1"));
      try (StockClient client = StockClient.of("worker", dead, line.port())) {
        client.calls(20);
        try (TestLine primary = line(dead)) {
          primary.registered("worker", two.endpoint("w2"));
          await()
              .until(() -> {
                var unused = one.takeTasks();
                client.calls(10);
                return one.takeTasks() == 0;
              });
        }
        client.calls(20);
      }
    }
  }

  /** As a headless service in Kubernetes: the connection is made anew to who is there. */
  @Test
  void aClientWhoseOneUriLeadsToBothBalancersHearsOfWhatIsNewWhileOneIsDead() throws Exception {
    try (TestLine second = line(0)) {
      TestLine first = line(0);
      for (TestLine line : List.of(first, second)) {
        line.registered("worker", one.endpoint("w1"));
      }
      FixedAddresses both = new FixedAddresses(first.port(), second.port());
      NameResolverRegistry.getDefaultRegistry().register(both);
      try (StockClient client = StockClient.at("worker", List.of(both.target()))) {
        client.calls(20);
        assertThat(first.meters.get("lookaside.xds.streams").gauge().value()).isEqualTo(1);

        first.close();
        second.registered("worker", two.endpoint("w2"));
        await()
            .until(() -> {
              client.calls(10);
              return two.takeTasks() > 0;
            });
      } finally {
        NameResolverRegistry.getDefaultRegistry().deregister(both);
      }
    }
  }

  /** 200 calls a second, and none of them may fail. */
  @Test
  void atASteadyRateAWorkerThatIsKilledFailsNoCall() throws Exception {
    try (TestLine line = line(0)) {
      Endpoint[] all = {one.endpoint("w1"), two.endpoint("w2"), three.endpoint("w3")};
      line.registered("worker", all);
      await().until(() -> line.ready("worker") == 3);
      try (StockClient client = StockClient.of("worker", line.port());
          Steady calls = new Steady(client)) {
        await().until(() -> calls.done.get() > 100);
        two.kill();
        int then = calls.done.get();
        await().atMost(Duration.ofSeconds(30)).until(() -> calls.done.get() > then + 300);

        assertThat(calls.failure).hasNullValue();
        assertThat(line.ready("worker")).isEqualTo(2);
      }
    }
  }

  private static TestLine line(int port) {
    return TestLine.with(TestLine.Settings.of("rr").attempts(3).at(port));
  }

  private static final class Steady implements AutoCloseable {
    private static final int INTERVAL_MILLIS = 20;
    private static final int CALLERS = 4;

    final AtomicInteger done = new AtomicInteger();
    final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final ScheduledExecutorService callers = Executors.newScheduledThreadPool(CALLERS);

    Steady(StockClient client) {
      for (int i = 0; i < CALLERS; i++) {
        var unused =
            callers.scheduleAtFixedRate(
                () -> call(client), 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
      }
    }

    private void call(StockClient client) {
      try {
        client.call();
        done.incrementAndGet();
      } catch (RuntimeException e) {
        failure.compareAndSet(null, e);
      }
    }

    @Override
    public void close() {
      callers.shutdownNow();
    }
  }
}
