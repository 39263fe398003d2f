package dev.lookaside.client.grpc.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.v1.Heartbeat;
import dev.lookaside.v1.LoadBalancerGrpc.LoadBalancerImplBase;
import dev.lookaside.v1.SubscribeRequest;
import dev.lookaside.v1.SubscribeResponse;
import dev.lookaside.v1.Table;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The link on a real connection. */
final class GrpcBalancerLinkTest {
  private static final int MANY = 1_000;
  private static final SubscribeResponse TABLE =
      Said.table(1, Said.endpoint(1, "w1"), Said.endpoint(2, "w2"));
  private static final String IN_PARTS = "parts";
  private static final String IN_WRONG_PARTS = "wrong-parts";

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final AtomicInteger messages = new AtomicInteger();
  private final AtomicInteger aged = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final Server server = server();
  private final GrpcBalancerLink link = link();

  @AfterEach
  void close() {
    link.close();
    server.shutdownNow();
    timer.shutdownNow();
  }

  @Test
  void tellsWhenItsConnectionTakesNoNewCallsThoughTheStreamGoesOn() {
    link.subscribe(SubscribeRequest.getDefaultInstance(), new Counting());
    await().until(() -> aged.get() == 1);
    assertThat(ended).hasValue(0);
  }

  @Test
  void takesNoMoreMessagesThanItAsksFor() {
    link.subscribe(SubscribeRequest.getDefaultInstance(), new Counting());
    await().until(() -> messages.get() == 1);
    link.more();
    link.more();
    await().until(() -> messages.get() == 3);
    await().during(Duration.ofMillis(100)).until(() -> messages.get() == 3);
  }

  @Test
  void aTableThatComesInPartsIsOneMessage() {
    CompletableFuture<SubscribeResponse> heard = new CompletableFuture<>();
    link.subscribe(
        SubscribeRequest.newBuilder().setService(IN_PARTS).build(),
        new Counting() {
          @Override
          public void message(SubscribeResponse message) {
            heard.complete(message);
          }
        });

    await().until(heard::isDone);
    assertThat(heard.join()).isEqualTo(TABLE);
  }

  @Test
  void aPartThatIsFollowedBySomethingElseEndsTheStream() {
    link.subscribe(
        SubscribeRequest.newBuilder().setService(IN_WRONG_PARTS).build(), new Counting());

    await().until(() -> ended.get() == 1);
    assertThat(messages).hasValue(0);
  }

  @Test
  void bytesAreSignsOfLife() {
    long before = link.aliveNanos();
    link.subscribe(SubscribeRequest.getDefaultInstance(), new Counting());
    await().until(() -> link.aliveNanos() - before > 0);
  }

  private GrpcBalancerLink link() {
    Address address = new Address("127.0.0.1", server.getPort());
    return new GrpcBalancerLink(
        address,
        Grpc.newChannelBuilderForAddress(
                address.host(), address.port(), InsecureChannelCredentials.create())
            .build(),
        timer,
        Ticker.system());
  }

  /** Says many things at once, and wants its connections to end after a second. */
  private static Server server() {
    try {
      return NettyServerBuilder.forAddress(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
              InsecureServerCredentials.create())
          .maxConnectionAge(1, TimeUnit.SECONDS)
          .addService(
              new LoadBalancerImplBase() {
                @Override
                public void subscribe(
                    SubscribeRequest request, StreamObserver<SubscribeResponse> subscriber) {
                  switch (request.getService()) {
                    case IN_PARTS -> {
                      assertThat(request.getTakesParts()).isTrue();
                      Table table = TABLE.getTable();
                      subscriber.onNext(
                          part(table.toBuilder().clearEndpoints()).setMore(true).build());
                      subscriber.onNext(
                          part(Table.newBuilder().addAllEndpoints(table.getEndpointsList()))
                              .build());
                    }
                    case IN_WRONG_PARTS -> {
                      subscriber.onNext(TABLE.toBuilder().setMore(true).build());
                      subscriber.onNext(
                          SubscribeResponse.newBuilder()
                              .setHeartbeat(Heartbeat.getDefaultInstance())
                              .build());
                    }
                    default -> {
                      for (int i = 0; i < MANY; i++) {
                        subscriber.onNext(Said.table(1 + i));
                      }
                    }
                  }
                }
              })
          .build()
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SubscribeResponse.Builder part(Table.Builder table) {
    return SubscribeResponse.newBuilder().setTable(table);
  }

  private class Counting implements BalancerLink.Listener {
    @Override
    public void message(SubscribeResponse message) {
      messages.incrementAndGet();
    }

    @Override
    public void ended(Status status) {
      ended.incrementAndGet();
    }

    @Override
    public void aged() {
      aged.incrementAndGet();
    }
  }
}
