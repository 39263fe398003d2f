package dev.lookaside.core.policy.cost;

import dev.lookaside.core.load.EndpointLoad.Known;
import dev.lookaside.core.load.LiveLoad;

/** Expected requests in flight with one more, by capacity. */
public enum RequestsInFlight implements Cost {
  PER_CAPACITY;

  @Override
  public double of(LiveLoad load, double capacity, long nowNanos) {
    return load.at(nowNanos) instanceof Known known
        ? (known.expectedRequestsInFlight(nowNanos) + 1) / capacity
        : LiveLoad.UNKNOWN;
  }

  @Override
  public String explain(LiveLoad load, double capacity, long nowNanos) {
    return LoadInWords.of(load.at(nowNanos), capacity, nowNanos);
  }
}
