package dev.lookaside.client.grpc.subscription;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.v1.ClientStats;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.StatsSummary;
import dev.lookaside.v1.SubscribeRequest;
import dev.lookaside.v1.SubscribeResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connection to one balancer: the subscription, reports of outcomes, probes. Used once. */
final class BalancerLink implements AutoCloseable {
  private static final long LEAVE_MILLIS = 1_000;

  private final Address address;
  private final ManagedChannel channel;
  private volatile @Nullable ClientCallStreamObserver<SubscribeRequest> subscription;
  private @Nullable StatsStream stats;

  BalancerLink(Address address, ManagedChannel channel) {
    this.address = address;
    this.channel = channel;
  }

  Address address() {
    return address;
  }

  /**
   * Both run on the channel's threads, one call after the other.
   *
   * @param ended once, with the reason, unless the link is closed before
   */
  void subscribe(
      SubscribeRequest request, Consumer<SubscribeResponse> message, Consumer<Status> ended) {
    LoadBalancerGrpc.newStub(channel)
        .subscribe(
            request,
            new ClientResponseObserver<SubscribeRequest, SubscribeResponse>() {
              @Override
              public void beforeStart(ClientCallStreamObserver<SubscribeRequest> stream) {
                subscription = stream;
              }

              @Override
              public void onNext(SubscribeResponse response) {
                message.accept(response);
              }

              @Override
              public void onError(Throwable error) {
                ended.accept(Status.fromThrowable(error));
              }

              @Override
              public void onCompleted() {
                ended.accept(Status.UNAVAILABLE.withDescription("it ended the stream"));
              }
            });
  }

  void probe(Duration timeout, Consumer<Status> answer) {
    HealthProbe.send(channel, timeout, answer);
  }

  /**
   * Whether a report would be taken now; if not, it is opened, or was not yet read by the other
   * side. For one thread at a time, as is {@link #report}.
   */
  boolean takesReports() {
    if (stats == null || stats.isOver()) {
      stats = new StatsStream();
      LoadBalancerGrpc.newStub(channel).reportStats(stats);
    }
    return stats.isReady();
  }

  void report(ClientStats outcomes) {
    if (stats != null) {
      stats.send(outcomes);
    }
  }

  /** Ends the link when what was reported has arrived, but soon. */
  void leave(ScheduledExecutorService timer) {
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

  private static final class StatsStream
      implements ClientResponseObserver<ClientStats, StatsSummary> {
    private volatile @Nullable ClientCallStreamObserver<ClientStats> requests;
    private volatile boolean over;

    @Override
    public void beforeStart(ClientCallStreamObserver<ClientStats> stream) {
      requests = stream;
    }

    boolean isOver() {
      return over;
    }

    boolean isReady() {
      ClientCallStreamObserver<ClientStats> stream = requests;
      return stream != null && !over && stream.isReady();
    }

    void send(ClientStats outcomes) {
      ClientCallStreamObserver<ClientStats> stream = requests;
      if (stream != null && !over) {
        stream.onNext(outcomes);
      }
    }

    void complete() {
      ClientCallStreamObserver<ClientStats> stream = requests;
      if (stream != null && !over) {
        stream.onCompleted();
      }
    }

    @Override
    public void onNext(StatsSummary summary) {}

    @Override
    public void onError(Throwable error) {
      over = true;
    }

    @Override
    public void onCompleted() {
      over = true;
    }
  }
}
