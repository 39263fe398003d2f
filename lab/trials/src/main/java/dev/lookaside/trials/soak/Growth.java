package dev.lookaside.trials.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How much more of something a process holds at the end than once it had settled: the median of the
 * first samples after that beside the median of the last ones, since a sample now and then falls
 * into a restart.
 */
record Growth(String process, String figure, double settled, double atEnd) {
  private static final double MOST = 0.05;

  /**
   * Of so many samples a median is taken, or of half of them if there are fewer than twice that.
   */
  private static final int SAMPLES = 5;

  static List<Growth> since(Duration settle, List<Sample> samples) {
    Map<String, Map<String, List<Double>>> series = new LinkedHashMap<>();
    for (Sample sample : samples) {
      if (sample.at().compareTo(settle) >= 0) {
        sample
            .figures()
            .forEach((name, value) ->
                series
                    .computeIfAbsent(sample.process(), process -> new LinkedHashMap<>())
                    .computeIfAbsent(name, figure -> new ArrayList<>())
                    .add(value));
      }
    }
    List<Growth> growths = new ArrayList<>();
    series.forEach((process, figures) ->
        figures.forEach((name, values) -> growths.add(of(process, name, values))));
    return growths;
  }

  private static Growth of(String process, String figure, List<Double> values) {
    int some = Math.max(1, Math.min(SAMPLES, values.size() / 2));
    return new Growth(
        process,
        figure,
        median(values.subList(0, some)),
        median(values.subList(values.size() - some, values.size())));
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  boolean isFlat() {
    return atEnd <= settled * (1 + MOST);
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.1f | %.1f | %+.1f %%%s |",
        process,
        figure,
        settled,
        atEnd,
        settled == 0 ? 0 : 100 * (atEnd / settled - 1),
        isFlat() ? "" : " **grew**");
  }
}
