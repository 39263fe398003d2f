package dev.lookaside.testing.metrics;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a process exports: which labels the series of each metric have, in Prometheus' text. */
public final class Exported {
  private static final Pattern SERIES = Pattern.compile("(?m)^(\\w+)(?:\\{(.*)})? \\S+$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");

  private final Map<String, Set<String>> labels = new HashMap<>();

  public Exported(String text) {
    SERIES
        .matcher(text)
        .results()
        .forEach(series -> {
          Set<String> known = labels.computeIfAbsent(series.group(1), name -> new HashSet<>());
          if (series.group(2) != null) {
            LABEL.matcher(series.group(2)).results().forEach(label -> known.add(label.group(1)));
          }
        });
  }

  public boolean has(String metric) {
    return labels.containsKey(metric);
  }

  /**
   * What is promised and not there, in words. A promise is the name of a meter, to which Prometheus
   * adds a unit and {@code _total} and the like.
   */
  public List<String> broken(List<Wanted> promises) {
    return promises.stream()
        .filter(promise -> series(promise).noneMatch(has -> has.containsAll(promise.labels())))
        .map(promise -> promise.metric() + promise.labels() + " of: " + promise.where())
        .toList();
  }

  private Stream<Set<String>> series(Wanted promise) {
    Pattern name = Pattern.compile(promise.metric() + "(_seconds|_bytes)?(_total|_count|_sum)?");
    return labels.entrySet().stream()
        .filter(series -> name.matcher(series.getKey()).matches())
        .map(Map.Entry::getValue);
  }

  /** What is wanted and not there, in words. */
  public List<String> missing(List<Wanted> wanted) {
    return wanted.stream()
        .filter(one ->
            !labels.getOrDefault(one.metric(), Set.of()).containsAll(one.labels())
                || !has(one.metric()))
        .map(one -> one.metric() + one.labels() + " of: " + one.where())
        .distinct()
        .toList();
  }
}
