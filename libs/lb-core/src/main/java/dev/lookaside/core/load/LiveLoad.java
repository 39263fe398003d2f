package dev.lookaside.core.load;

import dev.lookaside.core.endpoint.Endpoint;
import java.time.Duration;

/**
 * The load of one incarnation of one endpoint, kept up to date by reports, dispatches and
 * completions; all lock-free.
 */
public final class LiveLoad {
  private final Endpoint endpoint;
  private final long expirationNanos;
  private volatile EndpointLoad current = EndpointLoad.Unknown.INSTANCE;

  LiveLoad(Endpoint endpoint, Duration expiration) {
    this.endpoint = endpoint;
    this.expirationNanos = expiration.toNanos();
  }

  /**
   * What is known at {@code nowNanos}: a report older than the expiration is no longer believed.
   */
  public EndpointLoad at(long nowNanos) {
    EndpointLoad load = current;
    if (load instanceof EndpointLoad.Reported reported
        && reported.isOlderThan(expirationNanos, nowNanos)) {
      return EndpointLoad.Unknown.INSTANCE;
    }
    return load;
  }

  /** Notes that a request was sent to the endpoint. */
  public void dispatched() {
    if (current instanceof EndpointLoad.Reported reported) {
      reported.dispatched();
    }
  }

  /** Notes that a client said that a request to the endpoint has ended. */
  void completed() {
    if (current instanceof EndpointLoad.Reported reported) {
      reported.completed();
    }
  }

  void reported(LoadReport report) {
    current = new EndpointLoad.Reported(report);
  }

  boolean isOf(String incarnation) {
    return endpoint.incarnation().equals(incarnation);
  }
}
