package dev.lookaside.lb.admin;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.LiveLoad;
import dev.lookaside.lb.traffic.EndpointCondition;
import dev.lookaside.registry.control.EndpointControl;

/** Says why an endpoint is not simply picked. */
final class Reasons {
  private Reasons() {}

  static String of(
      EndpointCondition condition, Endpoint endpoint, LiveLoad load, EndpointControl decided) {
    return switch (condition) {
      case READY -> endpoint.weight() == 0 ? "its weight is 0" : "";
      case CONNECTING -> "not reached yet";
      case TRANSIENT_FAILURE -> "its load stream is down";
      case EJECTED ->
          "%d errors in a row, %d %% of recent requests failed"
              .formatted(load.failures().inARow(), Math.round(100 * load.failures().errorShare()));
      case DRAINING ->
          decided
              .drained()
              .map(origin ->
                  "drained by " + origin.by() + (origin.why().isEmpty() ? "" : ": " + origin.why()))
              .orElse("by its own word");
    };
  }
}
