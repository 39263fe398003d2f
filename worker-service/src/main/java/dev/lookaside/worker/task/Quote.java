package dev.lookaside.worker.task;

/**
 * Makes text from a caller fit for one line of a message: short, and without control characters.
 */
final class Quote {
  private static final int MAX_LENGTH = 64;

  private Quote() {}

  static String of(String text) {
    String shortened = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
    return shortened.replaceAll("\\p{Cntrl}", "?");
  }
}
