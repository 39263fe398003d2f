package dev.lookaside.core.balancer;

import dev.lookaside.core.concurrent.FirstFailure;
import java.util.List;
import java.util.function.Consumer;

/** Tells several listeners in turn; the first exception is thrown when all have been told. */
record EachListener(List<SnapshotListener> listeners) implements SnapshotListener {

  @Override
  public void changed(ServiceSnapshot before, ServiceSnapshot now) {
    tell(listener -> listener.changed(before, now));
  }

  @Override
  public void forgotten(String service) {
    tell(listener -> listener.forgotten(service));
  }

  private void tell(Consumer<SnapshotListener> news) {
    FirstFailure failures = new FirstFailure();
    listeners.forEach(listener -> failures.guard(() -> news.accept(listener)));
    failures.rethrow();
  }
}
