package dev.lookaside.client.grpc.subscription;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.v1.ClientStats;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.SubscribeRequest;
import dev.lookaside.v1.SubscribeResponse;
import io.grpc.ClientInterceptors;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A link that is a channel of its own. */
public final class GrpcBalancerLink implements BalancerLink {
  private static final long LEAVE_MILLIS = 1_000;

  /** As much as a channel takes in one message (ShareFactory). */
  private static final int MOST_BYTES = 64 << 20;

  private final Address address;
  private final ManagedChannel channel;
  private final ScheduledExecutorService timer;
  private final SignsOfLife signs;
  private volatile @Nullable ClientCallStreamObserver<SubscribeRequest> subscription;
  private @Nullable StatsStream stats;

  public GrpcBalancerLink(
      Address address, ManagedChannel channel, ScheduledExecutorService timer, Ticker ticker) {
    this.address = address;
    this.channel = channel;
    this.timer = timer;
    this.signs = new SignsOfLife(ticker);
  }

  @Override
  public Address address() {
    return address;
  }

  @Override
  public void subscribe(SubscribeRequest request, Listener listener) {
    watchAge(channel.getState(false), listener);
    LoadBalancerGrpc.newStub(ClientInterceptors.intercept(channel, signs))
        .subscribe(request.toBuilder().setTakesParts(true).build(), new ToListener(listener));
  }

  /** A connection that was ready and is no longer: the other side has said goodbye. */
  private void watchAge(ConnectivityState before, Listener listener) {
    channel.notifyWhenStateChanged(
        before,
        () -> {
          ConnectivityState now = channel.getState(false);
          if (before == ConnectivityState.READY && now != ConnectivityState.SHUTDOWN) {
            listener.aged();
          } else if (now != ConnectivityState.SHUTDOWN) {
            watchAge(now, listener);
          }
        });
  }

  @Override
  public void more() {
    ClientCallStreamObserver<SubscribeRequest> stream = subscription;
    if (stream != null) {
      stream.request(1);
    }
  }

  @Override
  public long aliveNanos() {
    return signs.lastNanos();
  }

  @Override
  public void probe(Duration timeout, Consumer<Status> answer) {
    HealthProbe.send(channel, timeout, answer);
  }

  @Override
  public boolean takesReports() {
    if (stats == null || stats.isOver()) {
      stats = new StatsStream();
      LoadBalancerGrpc.newStub(channel).reportStats(stats);
    }
    return stats.isReady();
  }

  @Override
  public void report(ClientStats outcomes) {
    if (stats != null) {
      stats.send(outcomes);
    }
  }

  @Override
  public void leave() {
    ClientCallStreamObserver<SubscribeRequest> stream = subscription;
    if (stream != null) {
      stream.cancel("the subscriber leaves", null);
    }
    if (stats != null) {
      stats.complete();
    }
    channel.shutdown();
    var unused = timer.schedule(this::close, LEAVE_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private final class ToListener
      implements ClientResponseObserver<SubscribeRequest, SubscribeResponse> {
    private final Listener listener;
    private final Parts parts = new Parts(MOST_BYTES);

    ToListener(Listener listener) {
      this.listener = listener;
    }

    /** One message at a time: what is not yet understood waits at the balancer, not here. */
    @Override
    public void beforeStart(ClientCallStreamObserver<SubscribeRequest> stream) {
      stream.disableAutoRequestWithInitial(1);
      subscription = stream;
    }

    @Override
    public void onNext(SubscribeResponse response) {
      try {
        parts.add(response).ifPresentOrElse(listener::message, GrpcBalancerLink.this::more);
      } catch (IllegalArgumentException e) {
        Objects.requireNonNull(subscription).cancel(Reasons.of(e), e);
      }
    }

    @Override
    public void onError(Throwable error) {
      listener.ended(Status.fromThrowable(error));
    }

    @Override
    public void onCompleted() {
      listener.ended(Status.UNAVAILABLE.withDescription("it ended the stream"));
    }
  }
}
