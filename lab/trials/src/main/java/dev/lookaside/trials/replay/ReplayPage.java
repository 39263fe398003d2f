package dev.lookaside.trials.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What was measured and what replays make of it, as tables in Markdown. */
final class ReplayPage {
  static final double TOLERANCE = 0.15;

  private ReplayPage() {}

  /**
   * The page.
   *
   * @param measured by policy
   * @param replays by the policy that was recorded: the figures of each policy
   */
  static String of(
      String arguments, Map<String, Figures> measured, Map<String, Map<String, Figures>> replays) {
    StringBuilder page = new StringBuilder("`lab/trials/run replay ").append(arguments);
    page.append("`\n\nUnder the policy that ran:\n\n");
    page.append("| policy | | p50 ms | p99 ms | goodput/s | busiest ÷ mean |\n");
    page.append("|---|---|---:|---:|---:|---:|\n");
    measured.forEach((policy, figures) -> {
      Figures recorded = find(replays, policy, "");
      Figures replayed = find(replays, policy, policy);
      page.append(row(policy, "measured by the load", figures));
      page.append(row("", "as recorded", recorded));
      page.append(row("", "replayed", replayed));
      page.append(ratios("", "replayed ÷ measured", replayed.over(figures)));
    });
    page.append("\nUnder another policy than was recorded, predicted ÷ measured:\n\n");
    page.append("| recorded under | predicted for | p50 | p99 | goodput | busiest ÷ mean |\n");
    page.append("|---|---|---:|---:|---:|---:|\n");
    for (String recorded : replays.keySet()) {
      measured.forEach((policy, figures) -> {
        if (!policy.equals(recorded)) {
          page.append(ratios(recorded, policy, find(replays, recorded, policy).over(figures)));
        }
      });
    }
    return page.toString();
  }

  /** Which figures a replay under the policy that ran misses by more than it may. */
  static List<String> missed(
      Map<String, Figures> measured, Map<String, Map<String, Figures>> replays) {
    List<String> names = List.of("p50", "p99", "goodput", "busiest ÷ mean");
    List<String> missed = new ArrayList<>();
    measured.forEach((policy, figures) -> {
      List<Double> ratios = find(replays, policy, policy).over(figures);
      for (int i = 0; i < names.size(); i++) {
        if (!(Math.abs(ratios.get(i) - 1) <= TOLERANCE)) {
          missed.add(
              String.format(Locale.ROOT, "%s %s: %.2f", policy, names.get(i), ratios.get(i)));
        }
      }
    });
    return missed;
  }

  private static Figures find(
      Map<String, Map<String, Figures>> replays, String recorded, String policy) {
    return Optional.ofNullable(replays.getOrDefault(recorded, Map.of()).get(policy))
        .orElseThrow(() ->
            new IllegalArgumentException(
                "the replay of " + recorded + " has no row '" + policy + "'"));
  }

  private static String row(String policy, String what, Figures figures) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.1f | %.1f | %.1f | %.2f |%n",
        policy,
        what,
        figures.p50Millis(),
        figures.p99Millis(),
        figures.goodput(),
        figures.busiest());
  }

  private static String ratios(String policy, String what, List<Double> ratios) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.2f | %.2f | %.2f | %.2f |%n",
        policy,
        what,
        ratios.get(0),
        ratios.get(1),
        ratios.get(2),
        ratios.get(3));
  }
}
