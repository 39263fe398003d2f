package dev.lookaside.lb.record;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * The calls to one service that began within a time, until they are taken. Bounded: who takes them
 * too slowly gets fewer, and is told how many were left out.
 */
public final class Recording implements AutoCloseable {
  /** About 4 MiB; a fifth of a second's worth at 100,000 calls a second. */
  static final int MOST_WAITING = 20_000;

  /** Beyond this many, who picks is not told apart any more. */
  static final int MOST_PICKERS = 10_000;

  private final String service;
  private final long beganNanos;
  private final long durationNanos;
  private final Consumer<Recording> closed;
  private final BlockingQueue<EndedCall> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final LongAdder leftOut = new LongAdder();
  private final Set<Object> pickers = ConcurrentHashMap.newKeySet();

  Recording(String service, long beganNanos, Duration duration, Consumer<Recording> closed) {
    this.service = service;
    this.beganNanos = beganNanos;
    this.durationNanos = duration.toNanos();
    this.closed = closed;
  }

  public String service() {
    return service;
  }

  /** When it began, by the balancer's ticker. */
  public long beganNanos() {
    return beganNanos;
  }

  void add(String of, EndedCall call) {
    if (of.equals(service) && isWithin(call)) {
      pickers.add(this);
      put(call);
    }
  }

  void add(Object client, String of, SpreadCalls calls) {
    if (!of.equals(service)) {
      return;
    }
    if (pickers.size() < MOST_PICKERS) {
      pickers.add(client);
    }
    if (calls.size() > waiting.remainingCapacity()) {
      leftOut.add(calls.size());
      return;
    }
    calls.forEach(call -> {
      if (isWithin(call)) {
        put(call);
      }
    });
  }

  private boolean isWithin(EndedCall call) {
    long since = call.beganNanos() - beganNanos;
    return since >= 0 && since < durationNanos;
  }

  private void put(EndedCall call) {
    if (!waiting.offer(call)) {
      leftOut.increment();
    }
  }

  /** Takes what has come since, at most so many. */
  public List<EndedCall> take(int most) {
    List<EndedCall> taken = new ArrayList<>();
    waiting.drainTo(taken, most);
    return taken;
  }

  /** How many calls there was no room for. */
  public long leftOut() {
    return leftOut.sum();
  }

  /** How many picked for these calls, each by itself. */
  public int pickers() {
    return pickers.size();
  }

  /** No more calls come; again, it does nothing. */
  @Override
  public void close() {
    closed.accept(this);
  }
}
