package dev.lookaside.trials.load;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The CSV of a load: values by row, such as {@code worker:fast}, and column. */
public record LoadResult(Map<String, Map<String, Double>> values) {

  /** Reads the lines that are named in the first one; the others are told apart by their width. */
  public static LoadResult read(String name, String csv) {
    List<String> lines = csv.lines().toList();
    int first = 0;
    while (first < lines.size() && !lines.get(first).startsWith("group,name,")) {
      first++;
    }
    if (first == lines.size()) {
      throw new IllegalArgumentException("the load of " + name + " printed: " + csv);
    }
    String[] names = lines.get(first).split(",", -1);
    Map<String, Map<String, Double>> values = new HashMap<>();
    for (String line : lines.subList(first + 1, lines.size())) {
      String[] cells = line.split(",", -1);
      if (cells.length == names.length) {
        Map<String, Double> row =
            values.computeIfAbsent(cells[0] + ":" + cells[1], key -> new HashMap<>());
        for (int i = 2; i < names.length; i++) {
          if (!cells[i].isEmpty()) {
            row.put(names[i], Double.parseDouble(cells[i]));
          }
        }
      }
    }
    return new LoadResult(values);
  }

  /** A value of all tasks together. */
  public double all(String column) {
    return value("all:all", column);
  }

  /** A value of one worker, 0 if it was never called. */
  public double worker(String id, String column) {
    return value("worker:" + id, column);
  }

  /** A figure of the run as a whole. */
  public double run(String name) {
    return value("run:" + name, "done");
  }

  private double value(String row, String column) {
    return values.getOrDefault(row, Map.of()).getOrDefault(column, 0.0);
  }
}
