package dev.lookaside.testing.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The metrics that {@code docs/metrics.md} promises, with their labels. A row is {@code | worker:
 * `lookaside.a.b`, `.c` | label, label | … |}, where a name that begins with a dot takes the place
 * of the last part of the first one.
 */
public final class DocumentedMetrics {
  private static final String WORKER = "worker:";
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| *(worker: )?(`lookaside\\.[^|]*)\\|([^|]*)\\|.*$");
  private static final Pattern NAME = Pattern.compile("`([\\w.]+)`");
  private static final Pattern WORD = Pattern.compile("\\w+");

  private DocumentedMetrics() {}

  /** Those of workers, by the beginning of their names in Prometheus. */
  public static List<Wanted> ofWorkers(Path project) {
    try {
      return ROW.matcher(Files.readString(project.resolve("docs/metrics.md")))
          .results()
          .filter(row -> row.group(1) != null)
          .flatMap(row -> names(row).stream().map(name -> new Wanted(name, labels(row), WORKER)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> names(MatchResult row) {
    List<String> names = new ArrayList<>();
    Matcher name = NAME.matcher(row.group(2));
    while (name.find()) {
      String text = name.group(1);
      String whole =
          text.startsWith(".")
              ? names.get(0).substring(0, names.get(0).lastIndexOf('_')) + text
              : text;
      names.add(whole.replace('.', '_'));
    }
    return names;
  }

  private static Set<String> labels(MatchResult row) {
    return WORD.matcher(row.group(3))
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
