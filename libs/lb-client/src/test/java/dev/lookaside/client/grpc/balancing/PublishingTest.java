package dev.lookaside.client.grpc.balancing;

import static dev.lookaside.client.grpc.balancing.FakeChannel.endpoints;
import static io.grpc.ConnectivityState.CONNECTING;
import static io.grpc.ConnectivityState.READY;
import static io.grpc.ConnectivityState.TRANSIENT_FAILURE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lookaside.core.balancer.OutlierSettings;
import dev.lookaside.core.balancer.SlowStart;
import dev.lookaside.core.balancer.TrafficSettings;
import dev.lookaside.core.time.Ticker;
import io.grpc.ClientStreamTracer;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever happens, and on whichever thread, the channel is told of it. */
final class PublishingTest {
  private static final TrafficSettings EJECTING =
      new TrafficSettings(
          SlowStart.off(), Optional.of(OutlierSettings.defaults()), Optional.empty(), 0.5);

  @Test
  void aLossThatComesWhileAnotherThreadJudgesIsPublished() throws Exception {
    SlowJudge clock = new SlowJudge();
    FakeChannel channel = new FakeChannel(clock);
    channel.learn("rr", EJECTING, Set.of(), endpoints(2));
    channel.become(READY, 0);
    channel.become(TRANSIENT_FAILURE, 1);
    for (int i = 0; i < 4; i++) {
      FakeChannel.begin(channel.pick()).streamClosed(Status.UNAVAILABLE);
    }
    ClientStreamTracer fifth = FakeChannel.begin(channel.pick());
    Thread transport = new Thread(() -> fifth.streamClosed(Status.UNAVAILABLE));
    clock.slow = transport;
    transport.start();
    await().until(() -> clock.isAtWork() || !transport.isAlive());
    channel.become(TRANSIENT_FAILURE, 0);
    clock.finish.countDown();
    transport.join(Duration.ofSeconds(10).toMillis());
    channel.clock.forwardTime(Duration.ofMillis(1));
    assertThat(channel.state).isEqualTo(TRANSIENT_FAILURE);
    assertThat(channel.pick().getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void anEndpointThatFailsFiveTimesInARowIsEjectedWithoutWaitingForTheSweep() {
    FakeChannel channel = new FakeChannel();
    channel.learn("rr", EJECTING, Set.of(), endpoints(10));
    channel.become(READY, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    failAt(channel, 3, 5);
    channel.clock.forwardTime(Duration.ofMillis(1));
    assertThat(channel.picks(100)).doesNotContainKey(3).hasSize(9);
  }

  @Test
  void theErrorOfAPickNamesWhatTheStateRestsOn() {
    FakeChannel channel = new FakeChannel();
    channel.learn(endpoints(1));
    assertThat(channel.state).isEqualTo(CONNECTING);
    channel.become(TRANSIENT_FAILURE, 0);
    assertThat(channel.state).isEqualTo(TRANSIENT_FAILURE);
    assertThat(channel.pick().getStatus().getDescription())
        .contains("no endpoint that can be reached", "w0 at 127.0.0.1:1: refused", "the test");
    channel.learn(List.of());
    assertThat(channel.pick().getStatus().getDescription()).contains("no endpoint registered");
    channel.learn(endpoints(1));
    channel.become(READY, 0);
    assertThat(channel.state).isEqualTo(READY);
  }

  @Test
  void thousandsOfConnectionsThatComeUpTogetherShareAFewPickers() {
    int count = 3_000;
    FakeChannel channel = new FakeChannel();
    channel.learn(endpoints(count));
    int before = channel.updates;
    for (int i = 0; i < count; i++) {
      channel.become(READY, i);
    }
    channel.clock.forwardTime(Duration.ofMillis(50));
    assertThat(channel.updates - before).isLessThan(10);
    assertThat(channel.picks(count)).hasSize(count);
  }

  @Test
  void oneConnectionAmongFewIsUsedAtOnce() {
    FakeChannel channel = new FakeChannel();
    channel.learn(endpoints(100));
    channel.become(READY, 7);
    assertThat(channel.picks(1)).containsOnlyKeys(7);
    channel.become(READY, 8);
    assertThat(channel.picks(2)).containsOnlyKeys(7, 8);
  }

  private static void failAt(FakeChannel channel, int number, int times) {
    int failed = 0;
    for (int i = 0; i < 1_000 && failed < times; i++) {
      var picked = channel.pick();
      boolean isIt = FakeChannel.number(picked) == number;
      FakeChannel.begin(picked).streamClosed(isIt ? Status.UNAVAILABLE : Status.OK);
      failed += isIt ? 1 : 0;
    }
    assertThat(failed).isEqualTo(times);
  }

  /** A clock that keeps one thread waiting from its second look on. */
  private static final class SlowJudge implements Ticker {
    final CountDownLatch finish = new CountDownLatch(1);
    volatile @Nullable Thread slow;
    private final AtomicInteger looks = new AtomicInteger();

    @Override
    public long nanos() {
      if (Thread.currentThread().equals(slow) && looks.incrementAndGet() > 1) {
        try {
          finish.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return 0;
    }

    boolean isAtWork() {
      return looks.get() > 1;
    }
  }
}
