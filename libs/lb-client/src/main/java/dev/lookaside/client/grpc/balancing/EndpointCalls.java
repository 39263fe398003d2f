package dev.lookaside.client.grpc.balancing;

import dev.lookaside.client.grpc.outcome.EndpointTally;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.Completion.Ending;
import dev.lookaside.core.load.LiveLoad;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.wire.StatusEndings;
import io.grpc.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Notes the beginning and the end of every call to one endpoint, with all that takes: each reads
 * the clock once and looks nothing up.
 */
final class EndpointCalls {
  private static final System.Logger LOG = System.getLogger(EndpointCalls.class.getName());

  private final Endpoint endpoint;
  private final LiveLoad load;
  private final @Nullable EndpointTally tally;
  private final Trouble trouble;
  private final Ticker ticker;
  private final List<String> idAlone;

  EndpointCalls(
      Endpoint endpoint,
      LiveLoad load,
      @Nullable EndpointTally tally,
      Trouble trouble,
      Ticker ticker) {
    this.endpoint = endpoint;
    this.load = load;
    this.tally = tally;
    this.trouble = trouble;
    this.ticker = ticker;
    this.idAlone = List.of(endpoint.id());
  }

  /** Says when. */
  long began(CallShape shape, @Nullable TriedEndpoints tried) {
    long now = ticker.nanos();
    switch (shape) {
      case UNARY -> load.dispatched(now);
      case STREAM -> load.streamOpened(now);
    }
    if (tally != null) {
      tally.began();
    }
    if (tried != null) {
      tried.add(idAlone);
    }
    return now;
  }

  void ended(CallShape shape, Status status, long startNanos) {
    long now = ticker.nanos();
    Status.Code code = status.getCode();
    Ending ending = StatusEndings.of(code);
    switch (shape) {
      case UNARY -> load.completed(ending, startNanos, now);
      case STREAM -> load.streamClosed(ending, startNanos, now);
    }
    if (tally != null) {
      count(tally, shape, code, now - startNanos);
    }
    if (ending == Ending.FAILED || ending == Ending.REFUSED) {
      trouble.at(endpoint, ending, now);
    }
  }

  private static void count(EndpointTally tally, CallShape shape, Status.Code code, long nanos) {
    switch (shape) {
      case UNARY -> tally.ended(code, Math.max(0, nanos));
      case STREAM -> tally.streamEnded(code);
    }
  }

  /** A listener that throws must not take the connection of all calls with it. */
  void tell(AttemptListener listener, Status status) {
    try {
      listener.ended(endpoint, status);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "a listener of attempts failed", e);
    }
  }
}
