package dev.lookaside.lb.dashboard;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The stream to one open page. Nobody waits for it: what its connection cannot take now is sent
 * when the connection says that it can, on the server's thread.
 */
final class Page implements WriteListener {
  /** How many frames may wait: so many seconds. */
  static final int MOST_UNSENT = 8;

  private final ServletOutputStream out;
  private final Runnable ended;
  private final Deque<byte[]> unsent = new ArrayDeque<>();
  private boolean flushed = true;
  private boolean over;

  /**
   * A stream that nothing was sent on yet.
   *
   * @param ended closes the connection; called once
   */
  Page(ServletOutputStream out, Runnable ended) {
    this.out = out;
    this.ended = ended;
  }

  /** Sends a frame, or as soon as those before it are sent; says false if it reads too slowly. */
  synchronized boolean send(byte[] frame) {
    if (over || unsent.size() >= MOST_UNSENT) {
      return false;
    }
    unsent.add(frame);
    write();
    return !over;
  }

  @Override
  public synchronized void onWritePossible() {
    write();
  }

  private void write() {
    try {
      while (!over && out.isReady()) {
        byte[] next = unsent.poll();
        if (next != null) {
          flushed = false;
          out.write(next);
        } else if (!flushed) {
          flushed = true;
          out.flush();
        } else {
          return;
        }
      }
    } catch (IOException | IllegalStateException e) {
      // The server has taken the connection back before it told us that it is over.
      end();
    }
  }

  @Override
  public void onError(Throwable gone) {
    end();
  }

  /** Idempotent. */
  synchronized void end() {
    if (!over) {
      over = true;
      unsent.clear();
      try {
        ended.run();
      } catch (IllegalStateException e) {
        // It is closed already.
      }
    }
  }
}
