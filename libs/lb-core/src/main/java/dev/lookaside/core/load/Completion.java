package dev.lookaside.core.load;

import static java.util.Objects.requireNonNull;

import dev.lookaside.core.check.Require;
import dev.lookaside.core.witness.Words;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * How one request to an endpoint ended, as its client saw it.
 *
 * @param latency from the start of the request to its end, not negative
 * @param pickedAtNanos when the endpoint was picked for it, by the clock of this process; empty if
 *     that is not known. It is longer ago than the latency: the answer to a pick takes its time to
 *     the client, and so does the outcome back
 */
public record Completion(Duration latency, Ending ending, OptionalLong pickedAtNanos) {

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
    requireNonNull(pickedAtNanos, "pickedAtNanos");
    Require.notNegative("latency", latency);
  }

  public Completion(Duration latency, Ending ending) {
    this(latency, ending, OptionalLong.empty());
  }

  /** The same of a request for which the endpoint was picked then. */
  public Completion pickedAt(long nanos) {
    return new Completion(latency, ending, OptionalLong.of(nanos));
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
