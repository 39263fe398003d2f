package dev.lookaside.client.cli;

/**
 * What peers said, as a terminal may show it: one line, without control characters, and without
 * those that turn the direction of writing.
 */
final class Plain {
  private static final int LONGEST = 1_000;

  private Plain() {}

  static String text(String said) {
    String shortened = said.length() <= LONGEST ? said : said.substring(0, LONGEST) + "…";
    return shortened.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]", "?");
  }
}
