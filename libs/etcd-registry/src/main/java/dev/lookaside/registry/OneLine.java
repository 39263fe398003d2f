package dev.lookaside.registry;

import dev.lookaside.core.check.Printable;
import org.jspecify.annotations.Nullable;

/** What others say, fit for one line of a log; their reasons need more room than a name. */
public final class OneLine {
  private static final int MAX_LENGTH = 200;

  /** A certificate has several names, and its authority one more. */
  private static final int MAX_FAILURE_LENGTH = 500;

  private OneLine() {}

  public static String of(@Nullable String text) {
    return of(text, MAX_LENGTH);
  }

  /** Why etcd did not do what it was asked for. */
  public static String ofFailure(@Nullable String text) {
    return of(text, MAX_FAILURE_LENGTH);
  }

  private static String of(@Nullable String text, int maxLength) {
    return text == null ? "no reason given" : Printable.of(text, maxLength);
  }
}
