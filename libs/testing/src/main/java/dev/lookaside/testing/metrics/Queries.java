package dev.lookaside.testing.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The metrics that the Grafana dashboards and the Prometheus rules in {@code deploy} ask for. */
public final class Queries {
  private static final Pattern JSON =
      Pattern.compile("\"(?:expr|query)\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern YAML =
      Pattern.compile("(?m)^( *)expr: *(>-\\n((?:\\1 +.*\\n)+)|.+\\n)");
  private static final Pattern METRIC =
      Pattern.compile("(?<![:\\w])((?:lookaside|grpc_server)_\\w+)(?:\\{([^}]*)})?");
  private static final Pattern SELECTED = Pattern.compile("(\\w+)\\s*(?:=~|!=|!~|=)\\s*\"");
  private static final Pattern GROUPED = Pattern.compile("\\b(?:by|without|on)\\s*\\(([^)]*)\\)");
  private static final Pattern VALUES = Pattern.compile("label_values\\((\\w+),\\s*(\\w+)\\)");

  /** Labels that Prometheus gives to what it scrapes. */
  private static final Set<String> SCRAPED = Set.of("instance", "job");

  private Queries() {}

  /** Every metric of every query. */
  public static List<Wanted> all(Path project) {
    return Stream.concat(
            expressions(project.resolve("deploy/grafana/dashboards"), ".json", JSON),
            expressions(project.resolve("deploy/prometheus/rules"), ".rules.yml", YAML))
        .flatMap(expression -> of(expression).stream())
        .toList();
  }

  static List<Wanted> of(String expression) {
    Matcher values = VALUES.matcher(expression);
    if (values.matches()) {
      return List.of(new Wanted(values.group(1), Set.of(values.group(2)), expression));
    }
    Set<String> grouped = new TreeSet<>();
    GROUPED
        .matcher(expression)
        .results()
        .forEach(
            by -> Arrays.stream(by.group(1).split(",")).map(String::strip).forEach(grouped::add));
    List<Wanted> wanted = new ArrayList<>();
    METRIC
        .matcher(GROUPED.matcher(expression).replaceAll(" "))
        .results()
        .forEach(metric -> {
          Set<String> labels = new TreeSet<>(grouped);
          if (metric.group(2) != null) {
            SELECTED.matcher(metric.group(2)).results().forEach(one -> labels.add(one.group(1)));
          }
          labels.removeAll(SCRAPED);
          labels.remove("");
          wanted.add(new Wanted(metric.group(1), labels, expression));
        });
    return wanted;
  }

  private static Stream<String> expressions(Path folder, String ending, Pattern pattern) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .flatMap(file -> pattern.matcher(read(file)).results().map(Queries::expression))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String expression(MatchResult found) {
    String text = found.group(found.groupCount() > 1 ? 2 : 1);
    return text.replaceFirst("^>-", "").replace("\\\"", "\"").replaceAll("\\s+", " ").strip();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
