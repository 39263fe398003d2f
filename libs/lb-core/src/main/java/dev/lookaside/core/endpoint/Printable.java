package dev.lookaside.core.endpoint;

/** Makes text from outside fit for one line of a message: short, and without control characters. */
final class Printable {
  private static final int MAX_LENGTH = 80;

  private Printable() {}

  static String of(String text) {
    String shortened = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
    return shortened.replaceAll("\\p{Cntrl}", "?");
  }
}
