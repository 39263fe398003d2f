package dev.lookaside.worker.starter.load;

import dev.lookaside.core.time.Ticker;
import java.util.concurrent.atomic.LongAdder;

/** Counts requests: those in flight, those that ended, those that failed, the time they took. */
public final class RequestCounters {
  private final Ticker ticker;
  private final InFlight inFlight;
  private final LongAdder ended = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  public RequestCounters(Ticker ticker) {
    this.ticker = ticker;
    this.inFlight = new InFlight(ticker.nanos());
  }

  public Request begin() {
    return new Request(ticker.nanos());
  }

  /** The requests that run or wait now. */
  public int inFlight() {
    return inFlight.now();
  }

  /** How long all requests have been in flight so far, together, those that still are included. */
  double nanosInFlight() {
    return inFlight.requestNanos(ticker.nanos());
  }

  public long ended() {
    return ended.sum();
  }

  public long errors() {
    return errors.sum();
  }

  /** How long all requests that have ended took, together. */
  public long nanos() {
    return nanos.sum();
  }

  /** One request. It ends once: the first word counts. */
  public final class Request {
    private final long begunAt;
    private final InFlight.Stay stay;

    private Request(long begunAt) {
      this.begunAt = begunAt;
      this.stay = inFlight.begin(begunAt);
    }

    /** It ended well, or badly through its caller. */
    public void end() {
      endOnce();
    }

    /** It ended in an error of this worker. */
    public void fail() {
      if (endOnce()) {
        errors.increment();
      }
    }

    private boolean endOnce() {
      long now = ticker.nanos();
      boolean first = stay.end(now);
      if (first) {
        nanos.add(now - begunAt);
        ended.increment();
      }
      return first;
    }
  }
}
