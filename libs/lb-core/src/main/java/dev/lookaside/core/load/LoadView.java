package dev.lookaside.core.load;

import dev.lookaside.core.endpoint.Endpoint;

/**
 * The read side of load tracking: a picker asks once for each endpoint, when it is made, and keeps
 * the answer. Asking changes nothing, whoever asks for whatever.
 */
@FunctionalInterface
public interface LoadView {

  /** The load of this incarnation of the endpoint; an unknown one if it is not tracked. */
  LiveLoad of(Endpoint endpoint);
}
