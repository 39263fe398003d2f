package dev.lookaside.trials.bounds;

import dev.lookaside.trials.process.Local;
import dev.lookaside.trials.process.Registrations;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.SubscribeRequest;
import dev.lookaside.v1.SubscribeResponse;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The scenes that are more than plain. */
enum Scenes implements Scene {
  /** Whether somebody else gets through by HTTP. */
  HTTP {
    @Override
    public String during(BoundsFleet fleet) throws InterruptedException {
      return "readiness answered " + readiness(fleet);
    }

    @Override
    public String after(BoundsFleet fleet) throws InterruptedException {
      return "afterwards " + readiness(fleet);
    }

    private String readiness(BoundsFleet fleet) throws InterruptedException {
      long start = System.nanoTime();
      Optional<String> page = Local.page(fleet.target().http(), "/actuator/health/readiness");
      return page.isPresent() ? "in " + millis(start) : "not within 10 s";
    }
  },

  /** How long somebody waits for a table who comes now. */
  NEW_SUBSCRIBER {
    @Override
    public String during(BoundsFleet fleet) {
      ManagedChannel channel = fleet.wellBehaved(fleet.target().rpc());
      long start = System.nanoTime();
      try {
        Iterator<SubscribeResponse> updates =
            LoadBalancerGrpc.newBlockingStub(channel)
                .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .subscribe(SubscribeRequest.newBuilder().setService("worker").build());
        while (!updates.next().hasTable()) {}
        return "a new subscriber had its table in " + millis(start);
      } catch (StatusRuntimeException e) {
        return "a new subscriber was told " + e.getStatus() + " after " + millis(start);
      } finally {
        channel.shutdownNow();
      }
    }
  },

  /** Whether a balancer that comes now can use the worker. */
  NEW_BALANCER {
    @Override
    public String during(BoundsFleet fleet) throws InterruptedException {
      long start = System.nanoTime();
      return fleet.secondBalancerIsReady(PATIENCE)
          ? "a new balancer was ready with this worker in " + millis(start)
          : "a new balancer did not take this worker within " + PATIENCE.toSeconds() + " s";
    }
  },

  /** Whether a balancer that starts again finds its way. */
  RESTART {
    @Override
    public String after(BoundsFleet fleet) throws InterruptedException {
      long start = System.nanoTime();
      return fleet.restartedBalancerIsReady(PATIENCE)
          ? "restarted and ready in " + millis(start)
          : "restarted, and not ready within " + PATIENCE.toSeconds() + " s";
    }
  },

  /** A service with very many endpoints, none of which can be reached. */
  CROWD {
    private static final int ENDPOINTS = 10_000;

    @Override
    public void prepare(BoundsFleet fleet) throws InterruptedException {
      try (Registrations registrations = Registrations.at(fleet.target().etcd())) {
        registrations.putAll(
            "crowd", ENDPOINTS, i -> "127.1.%d.%d:1".formatted(i / 250, 1 + i % 250));
      }
      Local.await(
          "the crowd being known",
          PATIENCE.multipliedBy(2),
          fleet.balancer(),
          () ->
              Local.page(fleet.target().http(), "/actuator/health")
                  .filter(page -> page.contains("of " + ENDPOINTS + " ready"))
                  .isPresent());
    }
  };

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static String millis(long sinceNanos) {
    return "%,d ms".formatted(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNanos));
  }
}
