package dev.lookaside.app.property;

/** How many slips of the fingers lie between two words: Damerau and Levenshtein's distance. */
public final class Typos {
  private Typos() {}

  /** Characters to insert, drop or replace, or to swap with their neighbour. */
  public static int between(String typed, String meant) {
    int[] twoAbove = new int[meant.length() + 1];
    int[] above = new int[meant.length() + 1];
    int[] row = new int[meant.length() + 1];
    for (int j = 0; j <= meant.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= typed.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= meant.length(); j++) {
        int replaced = above[j - 1] + (typed.charAt(i - 1) == meant.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
        if (areSwapped(typed, i, meant, j)) {
          row[j] = Math.min(row[j], twoAbove[j - 2] + 1);
        }
      }
      int[] oldest = twoAbove;
      twoAbove = above;
      above = row;
      row = oldest;
    }
    return above[meant.length()];
  }

  private static boolean areSwapped(String typed, int i, String meant, int j) {
    return i > 1
        && j > 1
        && typed.charAt(i - 1) == meant.charAt(j - 2)
        && typed.charAt(i - 2) == meant.charAt(j - 1);
  }
}
