package dev.lookaside.registry;

import org.jspecify.annotations.Nullable;

/** Makes text from outside fit for one line of a log: short, and without control characters. */
public final class OneLine {
  private static final int MAX_LENGTH = 200;

  private OneLine() {}

  public static String of(@Nullable String text) {
    String whole = text == null ? "no reason given" : text;
    String shortened = whole.length() <= MAX_LENGTH ? whole : whole.substring(0, MAX_LENGTH) + "…";
    return shortened.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
  }
}
