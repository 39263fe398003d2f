package dev.lookaside.client.grpc.subscription;

import dev.lookaside.client.grpc.subscription.Subscription.Listener;
import io.grpc.Status;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Tells all who listen. What one of them throws is its own misfortune. */
final class Listeners implements Listener {
  private static final System.Logger LOG = System.getLogger(Listeners.class.getName());

  private final Set<Listener> listeners = new LinkedHashSet<>();
  private Consumer<Listener> last = listener -> {};

  /** Whoever comes later is told what the others know. */
  void add(Listener listener) {
    listeners.add(listener);
    guarded(listener, last);
  }

  void remove(Listener listener) {
    listeners.remove(listener);
  }

  @Override
  public void updated(ServiceView view) {
    tell(listener -> listener.updated(view));
  }

  @Override
  public void unavailable(Status status) {
    tell(listener -> listener.unavailable(status));
  }

  private void tell(Consumer<Listener> news) {
    last = news;
    Set.copyOf(listeners).forEach(listener -> guarded(listener, news));
  }

  private static void guarded(Listener listener, Consumer<Listener> news) {
    try {
      news.accept(listener);
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "a listener of a subscription failed", e);
    }
  }
}
