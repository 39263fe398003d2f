package dev.lookaside.worker.task;

/** A request that no worker could run. The message gives the value and what is allowed. */
public final class InvalidTaskException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  public InvalidTaskException(String message) {
    super(message, null, false, false);
    this.reason = message;
  }

  /** The message, which is always there. */
  public String reason() {
    return reason;
  }
}
