package dev.lookaside.client.cli;

import dev.lookaside.client.task.AdminClient;
import dev.lookaside.v1.ListEndpointsRequest;
import dev.lookaside.v1.ListEndpointsResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/**
 * The status of a service, asked for again and again with a pause between; it ends when its thread
 * is interrupted.
 */
final class Polling implements Iterator<ListEndpointsResponse> {
  private final AdminClient balancer;
  private final String service;
  private final Duration interval;
  private boolean isDue = true;

  Polling(AdminClient balancer, String service, Duration interval) {
    this.balancer = balancer;
    this.service = service;
    this.interval = interval;
  }

  /** Returns when it is time for the next. */
  @Override
  public boolean hasNext() {
    isDue = isDue || pause();
    return isDue;
  }

  @Override
  public ListEndpointsResponse next() {
    isDue = false;
    return balancer
        .stub()
        .listEndpoints(ListEndpointsRequest.newBuilder().setService(service).build());
  }

  private boolean pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(interval.toNanos());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
