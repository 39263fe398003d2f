package dev.lookaside.core.balancer;

import dev.lookaside.core.endpoint.Endpoint;

/** Names one run of one endpoint within its service. */
record Incarnation(String id, String incarnation) {

  static Incarnation of(Endpoint endpoint) {
    return new Incarnation(endpoint.id(), endpoint.incarnation());
  }
}
