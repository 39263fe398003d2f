package dev.lookaside.simulator.trace;

/** A trace that cannot be used; the message is one line with the place and what is allowed. */
public final class TraceException extends Exception {
  public TraceException(String message) {
    super(message);
  }

  public TraceException(String message, Throwable cause) {
    super(message, cause);
  }
}
