package dev.lookaside.client.grpc.subscription;

import dev.lookaside.v1.ClientStats;
import dev.lookaside.v1.StatsSummary;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import org.jspecify.annotations.Nullable;

/** The stream on which outcomes are reported. */
final class StatsStream implements ClientResponseObserver<ClientStats, StatsSummary> {
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
