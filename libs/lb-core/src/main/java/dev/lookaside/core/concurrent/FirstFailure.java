package dev.lookaside.core.concurrent;

import org.jspecify.annotations.Nullable;

/**
 * Takes several steps of which none may keep the others from their turn: what the first one throws
 * is thrown when all have been taken, with what others threw as suppressed. For one thread.
 */
public final class FirstFailure {
  private static final int MOST_SUPPRESSED = 1_000;

  private @Nullable Throwable first;

  public void guard(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      if (first == null) {
        first = e;
      } else if (!first.equals(e) && first.getSuppressed().length < MOST_SUPPRESSED) {
        first.addSuppressed(e);
      }
    }
  }

  public void rethrow() {
    if (first instanceof RuntimeException e) {
      throw e;
    }
    if (first instanceof Error e) {
      throw e;
    }
  }
}
