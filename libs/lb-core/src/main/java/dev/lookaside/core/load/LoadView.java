package dev.lookaside.core.load;

import dev.lookaside.core.endpoint.Endpoint;

/**
 * The read side of load tracking: a picker asks once for each endpoint, when it is made, and keeps
 * the answer.
 */
@FunctionalInterface
public interface LoadView {

  LiveLoad of(Endpoint endpoint);
}
