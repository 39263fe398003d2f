package dev.lookaside.lb.load;

import dev.lookaside.core.balancer.Connectivity;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.LoadReport;

/** Hears what the load streams hear; called on their loops, so it must not block. */
public interface LoadListener {

  void reported(Endpoint endpoint, LoadReport report);

  /** A report, or a value of one, made no sense and was ignored. */
  void rejected(Endpoint endpoint, String reason);

  /**
   * The endpoint has become reachable, or is so no longer.
   *
   * @param reason in words for the log
   */
  void connectivity(Endpoint endpoint, Connectivity connectivity, String reason);
}
