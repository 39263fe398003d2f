package dev.lookaside.trials.replay;

import dev.lookaside.trials.load.LoadResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is compared of one run. */
record Figures(double p50Millis, double p99Millis, double goodput, double busiest) {
  private static final String RECORDED = ", as recorded";

  /** As the load generator measured. */
  static Figures of(LoadResult load) {
    return new Figures(
        load.all("p50_ms"),
        load.all("p99_ms"),
        load.run("goodput_per_second"),
        load.run("busiest_over_mean"));
  }

  /** Reads the table of a replay: the figures by policy, and by an empty name what was recorded. */
  static Map<String, Figures> read(String table) {
    Map<String, Figures> rows = new HashMap<>();
    for (String line : table.lines().filter(l -> l.startsWith("| ")).skip(2).toList()) {
      List<String> cells = List.of(line.split("\\|", -1)).stream().map(String::strip).toList();
      String name = cells.get(1).endsWith(RECORDED) ? "" : cells.get(1);
      rows.put(
          name,
          new Figures(
              number(cells.get(2)),
              number(cells.get(3)),
              number(cells.get(4)),
              number(cells.get(5))));
    }
    if (!rows.containsKey("")) {
      throw new IllegalArgumentException("the replay printed: " + table);
    }
    return rows;
  }

  /** The value of a cell such as {@code 51.2 ±0.3}; a timeout is infinitely late. */
  private static double number(String cell) {
    String value = cell.split(" ", 2)[0];
    return value.equals("TO") ? Double.POSITIVE_INFINITY : Double.parseDouble(value);
  }

  /** Each figure, divided by the other's. */
  List<Double> over(Figures other) {
    return List.of(
        p50Millis / other.p50Millis,
        p99Millis / other.p99Millis,
        goodput / other.goodput,
        busiest / other.busiest);
  }
}
