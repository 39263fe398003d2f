package dev.lookaside.core.check;

import java.util.regex.Pattern;

/**
 * Makes text from outside fit for one line of a message: short, and without characters that a
 * terminal or a reader of logs would obey.
 */
public final class Printable {
  private static final int MAX_LENGTH = 80;
  private static final Pattern OBEYED = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");

  private Printable() {}

  public static String of(String text) {
    return of(text, MAX_LENGTH);
  }

  /** The same, for what needs more room, such as the words of a peer's error. */
  public static String of(String text, int maxLength) {
    String shortened = text.length() <= maxLength ? text : text.substring(0, maxLength) + "…";
    return OBEYED.matcher(shortened).replaceAll("?");
  }

  /** Whether it can be shown as it is. */
  public static boolean isPlain(String text) {
    return !OBEYED.matcher(text).find();
  }
}
