package dev.lookaside.registry;

import dev.lookaside.core.check.Printable;
import org.jspecify.annotations.Nullable;

/** What others say, fit for one line of a log; their reasons need more room than a name. */
public final class OneLine {
  private static final int MAX_LENGTH = 200;

  private OneLine() {}

  public static String of(@Nullable String text) {
    return text == null ? "no reason given" : Printable.of(text, MAX_LENGTH);
  }
}
