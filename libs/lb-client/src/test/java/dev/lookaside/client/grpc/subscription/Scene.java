package dev.lookaside.client.grpc.subscription;

import dev.lookaside.client.grpc.outcome.Tallies;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Locality;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.load.TrackerSettings;
import dev.lookaside.testing.time.FakeClock;
import dev.lookaside.v1.Table;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;

/** A subscription whose time, balancers and files are the test's. */
final class Scene implements Subscription.Listener {
  final FakeClock time = new FakeClock();
  final FakeLinks links = new FakeLinks(time::nanos);
  final List<ServiceView> views = new ArrayList<>();
  final List<Status> errors = new ArrayList<>();
  final Queue<Runnable> blocking = new ArrayDeque<>();
  final Tallies tallies = new Tallies();
  final LoadTracker loads =
      new LoadTracker(TrackerSettings.expiringReportsAfter(Duration.ofHours(1)), time::nanos);
  final List<Table> kept = new ArrayList<>();
  Optional<Table> snapshot = Optional.empty();
  final Subscription subscription;

  Scene(String... balancers) {
    this.subscription =
        new Subscription(
            new SubscriptionSettings(
                Said.SERVICE,
                "client",
                Arrays.stream(balancers).map(Address::parse).toList(),
                Optional.empty(),
                Duration.ofSeconds(1),
                100,
                new Locality("r", "z", "")),
            links,
            new Files(),
            loads,
            tallies,
            new Clockwork(time, blocking::add, time::nanos, new Random(1)));
    subscription.add(this);
  }

  Scene started() {
    subscription.start();
    return this;
  }

  void advanceMillis(long millis) {
    time.forwardTime(Duration.ofMillis(millis));
  }

  void runBlocking() {
    for (Runnable next = blocking.poll(); next != null; next = blocking.poll()) {
      next.run();
    }
  }

  ServiceView lastView() {
    return views.get(views.size() - 1);
  }

  @Override
  public void updated(ServiceView view) {
    views.add(view);
  }

  @Override
  public void unavailable(Status status) {
    errors.add(status);
  }

  private final class Files implements Snapshots {
    @Override
    public Optional<Table> load(String service) {
      return snapshot;
    }

    @Override
    public void save(String service, Table table) {
      kept.add(table);
    }
  }
}
