package dev.lookaside.registry.watch;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.registry.loop.Bell;
import dev.lookaside.registry.store.PrefixStore.WatchSink;
import dev.lookaside.registry.store.WatchBatch;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Where other threads leave what they heard for the loop. Bounded: when more events wait than the
 * loop could want, their watch is over, and a full read replaces them.
 */
final class WatchInbox {
  static final int MAX_WAITING_EVENTS = 100_000;

  /** Something another thread left. */
  sealed interface Signal {}

  /** A watch heard something; {@code generation} says which watch. */
  record Heard(long generation, WatchBatch batch) implements Signal {}

  /** A watch is over. */
  record Ended(long generation, String reason) implements Signal {}

  /** An endpoint was asked. */
  record Probed(Endpoint endpoint, boolean serving) implements Signal {}

  private final Queue<Signal> signals = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waitingEvents = new AtomicInteger();
  private final Bell bell;

  WatchInbox(Bell bell) {
    this.bell = bell;
  }

  void probed(Endpoint endpoint, boolean serving) {
    add(new Probed(endpoint, serving));
  }

  /** The sink of one watch. */
  WatchSink sink(long generation) {
    return new WatchSink() {
      private volatile boolean overflown;

      @Override
      public void heard(WatchBatch batch) {
        if (overflown) {
          return;
        }
        int size = batch.events().size();
        if (waitingEvents.addAndGet(size) > MAX_WAITING_EVENTS) {
          waitingEvents.addAndGet(-size);
          overflown = true;
          ended("more than " + MAX_WAITING_EVENTS + " events wait");
        } else {
          add(new Heard(generation, batch));
        }
      }

      @Override
      public void ended(String reason) {
        add(new Ended(generation, reason));
      }
    };
  }

  @Nullable Signal poll() {
    Signal signal = signals.poll();
    if (signal instanceof Heard heard) {
      waitingEvents.addAndGet(-heard.batch().events().size());
    }
    return signal;
  }

  private void add(Signal signal) {
    signals.add(signal);
    bell.ring();
  }
}
