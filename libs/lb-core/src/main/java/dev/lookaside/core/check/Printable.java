package dev.lookaside.core.check;

/**
 * Makes text from outside fit for one line of a message: short, and without characters that a
 * terminal or a reader of logs would obey (control, line separators, direction of writing).
 */
public final class Printable {
  private static final int MAX_LENGTH = 80;

  private Printable() {}

  public static String of(String text) {
    String shortened = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
    return shortened.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]", "?");
  }
}
