package dev.lookaside.core.balancer;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
    @Nullable RuntimeException failure = null;
    for (SnapshotListener listener : listeners) {
      try {
        news.accept(listener);
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
