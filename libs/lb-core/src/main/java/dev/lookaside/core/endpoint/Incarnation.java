package dev.lookaside.core.endpoint;

/**
 * Names one run of one endpoint within its service: a process that starts again under its id is
 * another.
 */
public record Incarnation(String id, String incarnation) {

  public static Incarnation of(Endpoint endpoint) {
    return new Incarnation(endpoint.id(), endpoint.incarnation());
  }
}
