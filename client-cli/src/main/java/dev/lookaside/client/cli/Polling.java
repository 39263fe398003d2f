package dev.lookaside.client.cli;

import dev.lookaside.client.task.AdminClient;
import dev.lookaside.v1.ListEndpointsRequest;
import dev.lookaside.v1.ListEndpointsResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Asking again and again. */
final class Polling {
  private Polling() {}

  static ListEndpointsResponse status(AdminClient balancer, String service) {
    return balancer
        .stub()
        .listEndpoints(ListEndpointsRequest.newBuilder().setService(service).build());
  }

  /** Says whether to go on. */
  static boolean pause(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
