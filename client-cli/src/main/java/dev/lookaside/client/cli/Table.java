package dev.lookaside.client.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Columns of text: the first one and some others flush left, the rest flush right. */
final class Table {
  private static final String GAP = "  ";

  private final Set<Integer> flushLeft = new HashSet<>(Set.of(0));
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param alsoLeft columns that are flush left beside the first, counted from 0
   */
  Table(int... alsoLeft) {
    Arrays.stream(alsoLeft).forEach(flushLeft::add);
  }

  Table row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        String padding = " ".repeat(width(column) - row.get(column).length());
        line.append(column == 0 ? "" : GAP);
        line.append(
            flushLeft.contains(column) ? row.get(column) + padding : padding + row.get(column));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
