package dev.lookaside.core.load;

import static java.util.Objects.requireNonNull;

import dev.lookaside.core.check.Require;
import dev.lookaside.core.witness.Words;
import java.time.Duration;

/**
 * How one request to an endpoint ended, as its client saw it.
 *
 * @param latency from the start of the request to its end, not negative
 */
public record Completion(Duration latency, Ending ending) {

  /** What an ending says about the endpoint. */
  public enum Ending {
    /** The endpoint answered; a refusal that is the caller's own fault is an answer. */
    SUCCEEDED,
    /** The endpoint did not answer, or said that it could not. */
    FAILED,
    /**
     * The endpoint had no room: it works, so this is no reason to eject it, but to send it less.
     */
    REFUSED,
    /** The caller gave up: this says nothing about the endpoint but how long it took at least. */
    CANCELLED;

    Words words() {
      return switch (this) {
        case SUCCEEDED -> Words.SUCCEEDED;
        case FAILED -> Words.FAILED;
        case REFUSED -> Words.REFUSED;
        case CANCELLED -> Words.NONE;
      };
    }
  }

  public Completion {
    requireNonNull(ending, "ending");
    Require.notNegative("latency", latency);
  }

  public static Completion succeeded(Duration latency) {
    return new Completion(latency, Ending.SUCCEEDED);
  }

  public static Completion failed(Duration latency) {
    return new Completion(latency, Ending.FAILED);
  }

  public static Completion refused(Duration latency) {
    return new Completion(latency, Ending.REFUSED);
  }

  public static Completion cancelled(Duration latency) {
    return new Completion(latency, Ending.CANCELLED);
  }
}
