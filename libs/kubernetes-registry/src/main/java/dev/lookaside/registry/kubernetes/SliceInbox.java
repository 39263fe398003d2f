package dev.lookaside.registry.kubernetes;

import dev.lookaside.registry.loop.Bell;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Where a watch leaves what it heard for the loop. Bounded: beyond that, all is read anew. */
final class SliceInbox {
  static final int MOST_WAITING = 10_000;

  /** Something heard; {@code generation} says by which watch. */
  sealed interface Signal {
    long generation();
  }

  record Put(long generation, EndpointSlice slice) implements Signal {}

  record Delete(long generation, EndpointSlice slice) implements Signal {}

  record Bookmark(long generation, long resourceVersion) implements Signal {}

  record Ended(long generation, SliceFailure failure) implements Signal {}

  private final Queue<Signal> signals = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Bell bell;

  SliceInbox(Bell bell) {
    this.bell = bell;
  }

  SliceStore.Sink sink(long generation) {
    return new SliceStore.Sink() {
      private volatile boolean isOver;

      @Override
      public void put(EndpointSlice slice) {
        add(new Put(generation, slice));
      }

      @Override
      public void delete(EndpointSlice slice) {
        add(new Delete(generation, slice));
      }

      @Override
      public void bookmark(long resourceVersion) {
        add(new Bookmark(generation, resourceVersion));
      }

      @Override
      public void ended(SliceFailure failure) {
        isOver = true;
        leave(new Ended(generation, failure));
      }

      private void add(Signal signal) {
        if (isOver) {
          return;
        }
        if (waiting.get() >= MOST_WAITING) {
          ended(
              new SliceFailure(
                  SliceFailure.Kind.GONE, "more than " + MOST_WAITING + " events wait"));
        } else {
          leave(signal);
        }
      }
    };
  }

  private void leave(Signal signal) {
    waiting.incrementAndGet();
    signals.add(signal);
    bell.ring();
  }

  @Nullable Signal poll() {
    Signal signal = signals.poll();
    if (signal != null) {
      waiting.decrementAndGet();
    }
    return signal;
  }
}
