package dev.lookaside.simulator.scenario;

/** A scenario that cannot be run; the message is one line with the place and what is allowed. */
public final class ScenarioException extends Exception {
  public ScenarioException(String message) {
    super(message);
  }

  public ScenarioException(String message, Throwable cause) {
    super(message, cause);
  }
}
