package dev.lookaside.simulator.engine;

import dev.lookaside.core.time.Ticker;
import java.util.Arrays;

/**
 * The event loop and the virtual clock that it drives.
 *
 * <p>It holds one entry for each <em>source</em> of events (a server's next departure, the next
 * arrival, the next report), not one for each event, so its size does not depend on how many
 * requests there are. The entries are an indexed binary heap; events of one instant come in the
 * order in which their sources were registered, so a run is a function of its seed.
 */
public final class Agenda implements Ticker {
  /** Later than every event: about 36 years. */
  public static final long NEVER = 1L << 60;

  private static final int ABSENT = -1;

  // Beside the entries, so that a comparison touches nothing else.
  private long[] dueNanos = new long[64];
  private Entry[] heap = new Entry[64];
  private int size;
  private int registered;
  private long nowNanos;

  /** One source of events: it has at most one next event. */
  public final class Entry {
    private final Runnable action;
    private final int order;
    private int place = ABSENT;
    private boolean renewed;

    private Entry(Runnable action, int order) {
      this.action = action;
      this.order = order;
    }

    /** Sets the next event of this source; the one that was set before is forgotten. */
    public void at(long atNanos) {
      long due = Math.max(atNanos, nowNanos);
      renewed = true;
      if (place == ABSENT) {
        place = size++;
        ensureRoom();
        put(this, due, place);
        siftUp(place);
      } else {
        boolean earlier = due < dueNanos[place];
        dueNanos[place] = due;
        if (earlier) {
          siftUp(place);
        } else {
          siftDown(place);
        }
      }
    }

    public void cancel() {
      if (place != ABSENT) {
        remove(place);
      }
    }
  }

  @Override
  public long nanos() {
    return nowNanos;
  }

  public Entry register(Runnable action) {
    return new Entry(action, registered++);
  }

  /** Runs every event up to and at {@code endNanos}, and leaves the clock there. */
  public void runUntil(long endNanos) {
    while (size > 0 && dueNanos[0] <= endNanos) {
      Entry next = heap[0];
      nowNanos = dueNanos[0];
      // It stays in the heap while it runs: most sources set their next event at once.
      next.renewed = false;
      next.action.run();
      if (!next.renewed) {
        next.cancel();
      }
    }
    nowNanos = Math.max(nowNanos, endNanos);
  }

  private void ensureRoom() {
    if (size > heap.length) {
      heap = Arrays.copyOf(heap, 2 * heap.length);
      dueNanos = Arrays.copyOf(dueNanos, heap.length);
    }
  }

  private void remove(int place) {
    heap[place].place = ABSENT;
    size--;
    if (place < size) {
      put(heap[size], dueNanos[size], place);
      siftUp(place);
      siftDown(place);
    }
  }

  private void siftUp(int from) {
    int place = from;
    Entry entry = heap[place];
    long due = dueNanos[place];
    while (place > 0) {
      int parent = (place - 1) >>> 1;
      if (!isBefore(due, entry, dueNanos[parent], heap[parent])) {
        break;
      }
      put(heap[parent], dueNanos[parent], place);
      place = parent;
    }
    put(entry, due, place);
  }

  private void siftDown(int from) {
    int place = from;
    Entry entry = heap[place];
    long due = dueNanos[place];
    for (int child = 2 * place + 1; child < size; child = 2 * place + 1) {
      if (child + 1 < size
          && isBefore(dueNanos[child + 1], heap[child + 1], dueNanos[child], heap[child])) {
        child++;
      }
      if (!isBefore(dueNanos[child], heap[child], due, entry)) {
        break;
      }
      put(heap[child], dueNanos[child], place);
      place = child;
    }
    put(entry, due, place);
  }

  private void put(Entry entry, long due, int place) {
    heap[place] = entry;
    dueNanos[place] = due;
    entry.place = place;
  }

  private static boolean isBefore(long dueA, Entry a, long dueB, Entry b) {
    return dueA < dueB || (dueA == dueB && a.order < b.order);
  }
}
