package dev.lookaside.lb.record;

import dev.lookaside.core.load.Completion;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.wire.EndpointCounts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Hands calls that have ended to who records their service. While nobody does, a call costs one
 * look at an empty list.
 */
public final class Recorder {
  /** More than operators need, and few enough for the memory that each may take. */
  static final int MOST_RECORDINGS = 4;

  private final Ticker ticker;
  private final List<Recording> recordings = new CopyOnWriteArrayList<>();

  public Recorder(Ticker ticker) {
    this.ticker = ticker;
  }

  /**
   * Begins a recording, which goes on until it is closed; empty if there are as many as may be.
   *
   * @param service whose calls
   * @param duration only calls that begin within it
   */
  public synchronized Optional<Recording> begin(String service, Duration duration) {
    if (recordings.size() >= MOST_RECORDINGS) {
      return Optional.empty();
    }
    Recording recording = new Recording(service, ticker.nanos(), duration, recordings::remove);
    recordings.add(recording);
    return Optional.of(recording);
  }

  /**
   * Takes a call that this balancer picked for. If it is not known when, it began as long ago as it
   * took.
   */
  public void ended(String service, String endpointId, Completion completion) {
    if (recordings.isEmpty()) {
      return;
    }
    long latency = completion.latency().toNanos();
    long began = completion.pickedAtNanos().orElseGet(() -> ticker.nanos() - latency);
    EndedCall call =
        new EndedCall(endpointId, began, latency, completion.ending(), EndedCall.Dating.PICK);
    for (Recording recording : recordings) {
      recording.add(service, call);
    }
  }

  /**
   * Takes what a client has counted that picks by itself.
   *
   * @param client tells it from others
   * @param interval that the counts are of, and that ends now
   */
  public void counted(Object client, String service, Duration interval, EndpointCounts counts) {
    if (recordings.isEmpty() || counts.totalEnded() == 0) {
      return;
    }
    SpreadCalls calls = new SpreadCalls(counts, interval.toNanos(), ticker.nanos());
    for (Recording recording : recordings) {
      recording.add(client, service, calls);
    }
  }
}
