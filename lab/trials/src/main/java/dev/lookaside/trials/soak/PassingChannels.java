package dev.lookaside.trials.soak;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.v1.ExecuteResponse;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A channel that is opened, makes one call, and is closed. */
final class PassingChannels {
  private static final int ENDING_SECONDS = 15;

  private final List<Address> balancers;
  private final AtomicInteger passed = new AtomicInteger();

  PassingChannels(List<Address> balancers) {
    this.balancers = balancers;
  }

  void next() throws Exception {
    ManagedChannel channel = SteadyCalls.open(balancers);
    try {
      CompletableFuture<Void> ended = new CompletableFuture<>();
      SteadyCalls.call(channel, new Ending(ended));
      ended.get(ENDING_SECONDS, TimeUnit.SECONDS);
      channel.shutdown();
      if (!channel.awaitTermination(ENDING_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a channel did not end within " + ENDING_SECONDS + " s");
      }
    } finally {
      channel.shutdownNow();
    }
    passed.incrementAndGet();
  }

  int passed() {
    return passed.get();
  }

  private record Ending(CompletableFuture<Void> ended) implements StreamObserver<ExecuteResponse> {
    @Override
    public void onNext(ExecuteResponse response) {}

    @Override
    public void onError(Throwable error) {
      ended.completeExceptionally(error);
    }

    @Override
    public void onCompleted() {
      ended.complete(null);
    }
  }
}
