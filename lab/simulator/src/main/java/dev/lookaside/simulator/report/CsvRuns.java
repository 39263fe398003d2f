package dev.lookaside.simulator.report;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads back what {@link CsvReport} has written: means over seeds, of every scenario at hand. */
final class CsvRuns {

  private CsvRuns() {}

  /**
   * One policy at one point of a scenario, on average over seeds; a percentile is infinite if it
   * was a timeout with any of them.
   */
  record Row(double p99, double p999, double goodput, double worstShare) {
    private static Row of(List<CSVRecord> seeds) {
      return new Row(
          mean(seeds, "p99_ms"),
          mean(seeds, "p99.9_ms"),
          mean(seeds, "goodput_per_s"),
          mean(seeds, "share_busiest_in_5_s"));
    }

    private static double mean(List<CSVRecord> seeds, String column) {
      return seeds.stream()
          .map(seed -> seed.get(column))
          .mapToDouble(
              text -> text.equals("TO") ? Double.POSITIVE_INFINITY : Double.parseDouble(text))
          .average()
          .orElse(Double.NaN);
    }
  }

  /**
   * One point of a scenario.
   *
   * @param value of what is swept, or empty
   */
  record Point(String scenario, String value, Map<String, Row> policies) {

    Optional<Row> find(String policy) {
      return Optional.ofNullable(policies.get(policy));
    }

    /** A link to its page, and the value. */
    String link(String pages) {
      return ("[" + scenario + "](" + pages + scenario + ".md) " + value).strip();
    }
  }

  /** Every point of every file of a directory that has our columns, in order of names. */
  static List<Point> read(Path directory) throws IOException {
    List<Point> points = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".csv")).sorted().toList()) {
        points.addAll(points(file));
      }
    }
    return points;
  }

  private static List<Point> points(Path file) throws IOException {
    String scenario = String.valueOf(file.getFileName()).replaceFirst("\\.csv$", "");
    Map<String, Map<String, List<CSVRecord>>> seeds = new LinkedHashMap<>();
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (Reader reader = Files.newBufferedReader(file);
        CSVParser rows = format.parse(reader)) {
      if (!rows.getHeaderNames().contains("share_busiest_in_5_s")) {
        return List.of();
      }
      for (CSVRecord row : rows) {
        seeds
            .computeIfAbsent(row.get("value"), value -> new LinkedHashMap<>())
            .computeIfAbsent(row.get("policy"), policy -> new ArrayList<>())
            .add(row);
      }
    }
    List<Point> points = new ArrayList<>();
    seeds.forEach((value, ofPolicies) -> {
      Map<String, Row> policies = new LinkedHashMap<>();
      ofPolicies.forEach((policy, ofSeeds) -> policies.put(policy, Row.of(ofSeeds)));
      points.add(new Point(scenario, value, policies));
    });
    return points;
  }
}
