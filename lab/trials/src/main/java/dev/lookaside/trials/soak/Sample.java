package dev.lookaside.trials.soak;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one process holds.
 *
 * @param at since the begin
 * @param process which one
 * @param figures the name of each figure and its value: heap after a collection in MiB, threads,
 *     descriptors, and series where there are meters
 */
record Sample(Duration at, String process, Map<String, Double> figures) {
  static final String HEADER = "seconds,process,figure,value";

  Sample {
    figures = new TreeMap<>(figures);
  }

  String csv() {
    StringBuilder lines = new StringBuilder();
    figures.forEach((name, value) ->
        lines.append(
            String.format(Locale.ROOT, "%d,%s,%s,%.1f%n", at.toSeconds(), process, name, value)));
    return lines.toString();
  }

  @Override
  public String toString() {
    StringBuilder line =
        new StringBuilder(String.format(Locale.ROOT, "%5d s  %-9s", at.toSeconds(), process));
    figures.forEach(
        (name, value) -> line.append(String.format(Locale.ROOT, " %s %.1f", name, value)));
    return line.toString();
  }
}
