package dev.lookaside.client.grpc.balancing;

import dev.lookaside.client.grpc.outcome.EndpointTally;
import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.Completion;
import dev.lookaside.core.load.LiveLoad;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.wire.StatusEndings;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Notes the beginning and the end of every call to one endpoint.
 *
 * <p>A pick itself writes nothing: gRPC makes the tracer right after it, on the same thread, and
 * the dispatch is noted then.
 */
final class EndpointCalls extends ClientStreamTracer.Factory {
  private final Endpoint endpoint;
  private final LiveLoad load;
  private final Balancer balancer;
  private final RecentFailures failures;
  private final @Nullable EndpointTally tally;
  private final Ticker ticker;

  EndpointCalls(
      Endpoint endpoint,
      LiveLoad load,
      Balancer balancer,
      RecentFailures failures,
      @Nullable EndpointTally tally,
      Ticker ticker) {
    this.endpoint = endpoint;
    this.load = load;
    this.balancer = balancer;
    this.failures = failures;
    this.tally = tally;
    this.ticker = ticker;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  @Override
  public ClientStreamTracer newClientStreamTracer(
      ClientStreamTracer.StreamInfo info, Metadata headers) {
    load.dispatched();
    if (tally != null) {
      tally.began();
    }
    return new CallTracer(this, info.getCallOptions().getOption(CallKeys.ATTEMPTS), ticker.nanos());
  }

  void ended(Status status, long startNanos) {
    long nanos = Math.max(0, ticker.nanos() - startNanos);
    if (tally != null) {
      tally.ended(status.getCode(), nanos);
    }
    if (status.getCode() == Status.Code.UNAVAILABLE) {
      failures.failed(endpoint.id());
    }
    var unused =
        balancer.completed(
            endpoint.service(),
            endpoint.id(),
            endpoint.incarnation(),
            new Completion(Duration.ofNanos(nanos), StatusEndings.of(status.getCode())));
  }
}
