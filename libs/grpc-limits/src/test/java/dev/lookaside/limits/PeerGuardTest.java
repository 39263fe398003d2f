package dev.lookaside.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lookaside.core.time.ManualTicker;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.testing.http2.Http2Peer;
import dev.lookaside.testing.time.Eventually;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What peers do that no library does, and what the others notice of it: nothing. */
class PeerGuardTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @Test
  void aPeerThatLeavesMessagesHalfSentIsToldAndCutWhenItHoldsTooMuch() {
    GuardedServer server = server(GuardedServer.small());
    Http2Peer hog = peer(server);

    // 900 calls × 10 kB would be 9 MB on one connection that may hold 1 MB.
    for (int i = 0; i < 120; i++) {
      hog.part(hog.open(GuardedServer.CHECK), 60_000, new byte[10_000]);
    }

    assertThat(hog.farewell(SOON))
        .isEqualTo(
            "too many bytes of messages that are not complete on one connection"
                + " (expected: at most 1048576)");
    hog.awaitEnd(SOON);
    assertThat(server.hits).containsExactly(Limit.MESSAGE_BYTES_PER_CONNECTION);
    assertServes(server);
    assertKeepsNothing(server);
  }

  @Test
  void manyConnectionsOfOneAddressHoldNoMoreThanItsShare() {
    GuardedServer server = server(GuardedServer.small());
    List<Http2Peer> hogs = IntStream.range(0, 8).mapToObj(i -> peer(server)).toList();

    for (int i = 0; i < 40; i++) {
      hogs.forEach(hog -> hog.part(hog.open(GuardedServer.CHECK), 60_000, new byte[10_000]));
    }

    eventually(
        "the address was refused", () -> server.hits.contains(Limit.MESSAGE_BYTES_PER_ADDRESS));
    assertThat(server.guard.accounts().all().messageBytes.get()).isLessThan(3 << 20);
    assertServes(server);
  }

  @Test
  void aMessageThatIsNotFinishedInTimeEndsItsConnection() {
    ManualTicker ticker = new ManualTicker();
    GuardedServer server = new GuardedServer(GuardedServer.small(), ticker, Duration.ofMinutes(5));
    open.add(server);
    Http2Peer slow = peer(server);
    slow.part(slow.open(GuardedServer.CHECK), 100, new byte[1]);
    Http2Peer mute = peer(server);
    mute.open(GuardedServer.CHECK);
    Http2Peer silent = Http2Peer.silent(server.port());
    open.add(silent);
    Account all = server.guard.accounts().all();
    eventually("two calls", () -> all.calls.get() == 2);
    eventually("three connections", () -> all.connections.get() == 3);

    ticker.advance(Duration.ofSeconds(21));

    assertThat(slow.farewell(SOON)).startsWith("a message not complete within");
    assertThat(mute.farewell(SOON)).startsWith("a message not complete within");
    silent.awaitEnd(SOON);
    // The silent one too, and not for a greeting that makes no sense.
    eventually("three were cut", () -> server.hits.size() == 3);
    assertThat(server.hits).containsOnly(Limit.PATIENCE);
    assertServes(server);
  }

  @Test
  void anAddressHasItsShareOfConnectionsAndNoMore() {
    GuardedServer server = server(GuardedServer.small());
    List<Http2Peer> idle = IntStream.range(0, 30).mapToObj(i -> peer(server)).toList();

    eventually("ten are left", () -> idle.stream().filter(Http2Peer::isOpen).count() == 10);
    assertThat(server.hits).hasSize(20).containsOnly(Limit.CONNECTIONS_PER_ADDRESS);

    idle.forEach(Http2Peer::close);
    Account all = server.guard.accounts().all();
    eventually("they are gone", () -> all.connections.get() < 10);
    assertServes(server);
  }

  @Test
  void aConnectionWithoutCallsGoesAfterAWhile() {
    GuardedServer server =
        new GuardedServer(GuardedServer.small(), Ticker.system(), Duration.ofMillis(200));
    open.add(server);
    Http2Peer idle = peer(server);

    idle.awaitEnd(Duration.ofSeconds(30));

    assertServes(server);
  }

  @Test
  void whoTakesCallsBackWhenItsAddressHasDoneSoTooOftenIsCut() {
    GuardedServer server = server(GuardedServer.small());
    List<Http2Peer> peers = IntStream.range(0, 4).mapToObj(i -> peer(server)).toList();

    // 500 are for all of them.
    for (int i = 0; i < 150; i++) {
      peers.forEach(peer -> peer.reset(peer.open(GuardedServer.CHECK)));
    }

    eventually("one is cut", () -> server.hits.contains(Limit.RESETS));
    eventually("it is gone", () -> peers.stream().anyMatch(peer -> !peer.isOpen()));
    assertServes(server);
    assertKeepsNothing(server);
  }

  @Test
  void aClientThatOnlyMeetsItsDeadlinesKeepsItsConnection() {
    GuardedServer server = server(GuardedServer.small());
    AtomicReference<Status> longCall = new AtomicReference<>(Status.OK);
    HealthGrpc.newStub(server.channel()).watch(request(""), new EndOf<>(longCall));

    // More than Netty's own limit for one connection, which is 200 in half a minute.
    for (int i = 0; i < 300; i++) {
      assertThatThrownBy(() ->
              HealthGrpc.newBlockingStub(server.channel())
                  .withDeadlineAfter(5, TimeUnit.MILLISECONDS)
                  .watch(request(""))
                  .forEachRemaining(answer -> {}))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED));
    }

    assertServes(server);
    assertThat(longCall).hasValue(Status.OK);
    assertThat(server.hits).isEmpty();
  }

  @Test
  void shortCallsHaveRoomWhenStreamsHaveNone() {
    PeerLimits small = GuardedServer.small();
    GuardedServer server =
        server(new PeerLimits(20, 40, 1_000, 4 << 20, 1 << 20, 1, small.patience(), 500));
    for (int i = 0; i < 30; i++) {
      HealthGrpc.newStub(server.channel()).watch(request(""), new Ignoring<>());
    }
    eventually("all are open", () -> server.guard.accounts().all().calls.get() == 30);

    assertThatThrownBy(() ->
            HealthGrpc.newBlockingStub(server.channel())
                .withDeadlineAfter(10, TimeUnit.SECONDS)
                .watch(request(""))
                .next())
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED))
        .hasMessageContaining("too many calls to this server (expected: at most 30)");
    assertServes(server);
  }

  @Test
  void longNamesAndManyWatchesOfHealthAreRefused() {
    GuardedServer server = server(GuardedServer.small());
    for (int i = 0; i < 100; i++) {
      HealthGrpc.newStub(server.channel()).watch(request("s" + i), new Ignoring<>());
    }
    eventually("all are open", () -> server.guard.accounts().all().calls.get() == 100);

    assertThatThrownBy(
            () -> HealthGrpc.newBlockingStub(server.channel()).watch(request("one more")).next())
        .hasMessageContaining("too many health watches on this connection (expected: at most 100)");
    assertThatThrownBy(
            () -> HealthGrpc.newBlockingStub(server.channel()).check(request("n".repeat(60_000))))
        .hasMessage("INVALID_ARGUMENT: service has 60000 characters (expected: at most 128)");
    assertServes(server);
  }

  @Test
  void nothingIsKeptOfPeersThatAreGone() {
    GuardedServer server = server(GuardedServer.small());
    Account all = server.guard.accounts().all();
    for (int i = 0; i < 50; i++) {
      try (Http2Peer peer = Http2Peer.connect(server.port())) {
        peer.part(peer.open(GuardedServer.CHECK), 100, new byte[10]);
        eventually("it has come", () -> all.connections.get() == 1);
      }
      eventually("it has gone", () -> all.connections.get() == 0);
    }
    assertKeepsNothing(server);
    assertThat(server.hits).isEmpty();
  }

  private static void eventually(String what, BooleanSupplier condition) {
    Eventually.within(SOON, what, condition);
  }

  private static void assertKeepsNothing(GuardedServer server) {
    Account all = server.guard.accounts().all();
    eventually("nothing is kept", () -> all.messageBytes.get() == 0 && all.calls.get() == 0);
  }

  private static void assertServes(GuardedServer server) {
    assertThatCode(() ->
            HealthGrpc.newBlockingStub(server.channel())
                .withDeadlineAfter(10, TimeUnit.SECONDS)
                .check(request("")))
        .doesNotThrowAnyException();
  }

  private static HealthCheckRequest request(String service) {
    return HealthCheckRequest.newBuilder().setService(service).build();
  }

  private GuardedServer server(PeerLimits limits) {
    GuardedServer server = new GuardedServer(limits);
    open.add(server);
    return server;
  }

  private Http2Peer peer(GuardedServer server) {
    Http2Peer peer = Http2Peer.connect(server.port());
    open.add(peer);
    return peer;
  }
}
