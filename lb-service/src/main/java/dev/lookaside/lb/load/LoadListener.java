package dev.lookaside.lb.load;

import dev.lookaside.core.balancer.Connectivity;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.LoadReport;

/** Hears what the load streams hear; called on their one thread, so it must not block. */
public interface LoadListener {

  void reported(Endpoint endpoint, LoadReport report);

  /** A report made no sense and was ignored. */
  void rejected(Endpoint endpoint, String reason);

  void connectivity(Endpoint endpoint, Connectivity connectivity);
}
