package dev.lookaside.lb.load;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Bounds how many connections one loop makes at a time: thousands of handshakes at once keep it
 * from reading any of the answers in time. Endpoints that were never tried go first. For the loop's
 * thread only.
 */
final class Openings {

  /** Whose turn comes first. */
  enum Turn {
    NEW,
    AGAIN
  }

  /** Handshakes that are under way take up this much of a loop and no more. */
  static final int MOST = 64;

  private final int most;
  private final Deque<Ticket> fresh = new ArrayDeque<>();
  private final Deque<Ticket> again = new ArrayDeque<>();
  private int open;
  private boolean handingOut;

  Openings(int most) {
    this.most = most;
  }

  /** Runs the task when it is its turn, which may be at once; from then on the ticket is its. */
  Ticket request(Turn turn, Consumer<Ticket> task) {
    Ticket ticket = new Ticket(task);
    (turn == Turn.NEW ? fresh : again).add(ticket);
    handOut();
    return ticket;
  }

  private void handOut() {
    if (handingOut) {
      return; // a task gave its ticket back at once: the loop below sees it
    }
    handingOut = true;
    try {
      while (open < most && !(fresh.isEmpty() && again.isEmpty())) {
        Ticket next = fresh.isEmpty() ? again.remove() : fresh.remove();
        next.begin();
      }
    } finally {
      handingOut = false;
    }
  }

  /** A place in the line, and then the right to connect until it is given back. */
  final class Ticket {
    private enum State {
      WAITING,
      HELD,
      RETURNED
    }

    private final Consumer<Ticket> task;
    private State state = State.WAITING;

    private Ticket(Consumer<Ticket> task) {
      this.task = task;
    }

    private void begin() {
      if (state == State.WAITING) {
        state = State.HELD;
        open++;
        task.accept(this);
      }
    }

    /** Gives the place or the right back. Idempotent. */
    void close() {
      State before = state;
      state = State.RETURNED;
      if (before == State.HELD) {
        open--;
        handOut();
      }
    }
  }
}
