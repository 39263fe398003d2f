package dev.lookaside.lb.dashboard.browser;

import dev.lookaside.lb.testing.RunningLb;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.PickRequest;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Picks, a few hundred in a second. */
final class Traffic implements AutoCloseable {
  private static final long PAUSE_MILLIS = 20;

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  Traffic(RunningLb lb, int perSecond) {
    var picks = LoadBalancerGrpc.newBlockingStub(lb.channel());
    PickRequest request = PickRequest.newBuilder().setService("worker").build();
    long each = perSecond * PAUSE_MILLIS / 1_000;
    var unused =
        timer.scheduleWithFixedDelay(
            () -> {
              try {
                for (long i = 0; i < each; i++) {
                  var unusedAnswer = picks.pick(request);
                }
              } catch (StatusRuntimeException nobodyYet) {
                // The next round tries again.
              }
            },
            0,
            PAUSE_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
