package dev.lookaside.simulator.run;

import dev.lookaside.simulator.fleet.Request;
import java.util.ArrayDeque;

/** Requests to use again; holds as many as were ever in the system at once. */
final class RequestPool {
  private final ArrayDeque<Request> free = new ArrayDeque<>();

  Request take(long nowNanos, double workNanos) {
    Request request = free.poll();
    return (request == null ? new Request() : request).reset(nowNanos, workNanos);
  }

  void giveBack(Request request) {
    free.push(request);
  }
}
