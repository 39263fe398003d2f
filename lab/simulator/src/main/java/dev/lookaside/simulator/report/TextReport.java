package dev.lookaside.simulator.report;

import dev.lookaside.simulator.scenario.Scenario;
import dev.lookaside.simulator.scenario.ScenarioPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The results as text: a table for each point, and for a sweep one of all points before them. */
public final class TextReport {
  private static final List<String> HEADINGS =
      List.of(
          "policy",
          "mean",
          "p50",
          "p90",
          "p99",
          "p99.9",
          "timeouts",
          "errors",
          "use",
          "max use",
          "busiest",
          "in 5 s",
          "Jain");

  private TextReport() {}

  public static String of(CampaignResult result) {
    Scenario scenario = result.points().get(0).point().scenario();
    StringBuilder text = new StringBuilder();
    text.append(scenario.title()).append("\n\n");
    text.append(legend(result)).append('\n');
    if (result.isSweep()) {
      for (double percentile : new double[] {99, 99.9}) {
        text.append(overview(result, percentile)).append('\n');
      }
    }
    for (PointResult point : result.points()) {
      if (result.isSweep()) {
        text.append(name(point.point())).append("\n\n");
      }
      text.append(table(point)).append('\n');
    }
    return text.toString();
  }

  private static String legend(CampaignResult result) {
    StrategyResult first = result.points().get(0).strategies().get(0);
    int seeds = first.runs().size();
    long requests = first.runs().get(0).requests();
    return String.format(
        Locale.ROOT,
        """
        Latency in milliseconds. %d seed%s, about %,d requests each; ± is the 95 %% confidence interval over seeds.
        TO: timed out (TO 2/5: in two seeds of five). Use: core time used, of that allotted: mean and most of any server.
        Busiest: what the busiest server got of the requests, as a factor of the mean, and the same in the worst 5 s. Jain: Jain's index of what each got.
        ÷: p99 / p99.9, divided by that of the policy named, seed by seed.
        """,
        seeds,
        seeds == 1 ? "" : "s",
        requests);
  }

  private static String overview(CampaignResult result, double percentile) {
    Table table = new Table();
    List<String> headings = new ArrayList<>();
    headings.add("p" + trimmed(percentile) + " by " + result.points().get(0).point().parameter());
    result.points().forEach(point -> headings.add(point.point().value()));
    table.row(headings);
    for (String strategy : result.strategies()) {
      List<String> row = new ArrayList<>();
      row.add(strategy);
      for (PointResult point : result.points()) {
        row.add(
            point.find(strategy).map(s -> s.percentile(percentile).textWithInterval()).orElse("-"));
      }
      table.row(row);
    }
    return table.text();
  }

  private static String table(PointResult point) {
    List<StrategyResult> yardsticks =
        point.point().scenario().compareWith().stream()
            .map(point::find)
            .flatMap(Optional::stream)
            .toList();
    List<String> headings = new ArrayList<>(HEADINGS);
    yardsticks.forEach(yardstick -> headings.add("÷ " + yardstick.strategy()));
    Table table = new Table().row(headings);
    for (StrategyResult strategy : point.strategies()) {
      List<String> row =
          new ArrayList<>(
              List.of(
                  strategy.strategy(),
                  strategy.estimate(RunResult::meanMillis).textWithInterval(),
                  strategy.percentile(50).textWithInterval(),
                  strategy.percentile(90).textWithInterval(),
                  strategy.percentile(99).textWithInterval(),
                  strategy.percentile(99.9).textWithInterval(),
                  percent(strategy.estimate(RunResult::timedOutShare)),
                  percent(strategy.estimate(RunResult::failedShare)),
                  percent(strategy.estimate(RunResult::meanUtilization).mean()),
                  percent(strategy.estimate(RunResult::maxUtilization).mean()),
                  strategy.estimate(RunResult::busiest).text(),
                  strategy.estimate(RunResult::busiestOfWorstWindow).text(),
                  String.format(Locale.ROOT, "%.3f", strategy.estimate(RunResult::jain).mean())));
      for (StrategyResult yardstick : yardsticks) {
        row.add(
            strategy.ratio(yardstick, 99).textWithInterval()
                + " / "
                + strategy.ratio(yardstick, 99.9).textWithInterval());
      }
      table.row(row);
    }
    return table.text();
  }

  private static String name(ScenarioPoint point) {
    return point.parameter() + " = " + point.value();
  }

  private static String percent(Estimate share) {
    String mean = percent(share.mean());
    return share.halfWidth() == 0
        ? mean
        : mean.replace(" %", "") + " ±" + percent(share.halfWidth());
  }

  private static String percent(double share) {
    return String.format(
        Locale.ROOT, share > 0 && share < 0.001 ? "%.3f %%" : "%.1f %%", 100 * share);
  }

  static String trimmed(double percentile) {
    return percentile == Math.rint(percentile)
        ? Long.toString((long) percentile)
        : Double.toString(percentile);
  }
}
