package dev.lookaside.simulator.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of text in aligned columns: the first to the left, the others to the right. */
final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  Table row(List<String> cells) {
    rows.add(List.copyOf(cells));
    return this;
  }

  /** In the form of a Markdown table, which reads well as plain text too. */
  String text() {
    List<Integer> widths =
        IntStream.range(0, rows.get(0).size())
            .mapToObj(i -> rows.stream().mapToInt(row -> width(row.get(i))).max().orElse(0))
            .toList();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      text.append(line(rows.get(i), widths));
      if (i == 0) {
        text.append(rule(widths));
      }
    }
    return text.toString();
  }

  private static String line(List<String> row, List<Integer> widths) {
    return IntStream.range(0, row.size())
        .mapToObj(i -> {
          String padding = " ".repeat(widths.get(i) - width(row.get(i)));
          return i == 0 ? row.get(i) + padding : padding + row.get(i);
        })
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String rule(List<Integer> widths) {
    return IntStream.range(0, widths.size())
        .mapToObj(i -> i == 0 ? "-".repeat(widths.get(i)) : "-".repeat(widths.get(i) - 1) + ":")
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
