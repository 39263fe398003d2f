package dev.lookaside.simulator.report;

import dev.lookaside.simulator.report.RunResult.Evenness;
import dev.lookaside.simulator.scenario.Durations;
import dev.lookaside.simulator.scenario.Scenario;
import dev.lookaside.simulator.scenario.ScenarioPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

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
          "good/s",
          "timeouts",
          "errors",
          "share ×",
          "Jain",
          "use",
          "use ×",
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
    Scenario scenario = result.points().get(0).point().scenario();
    int seeds = first.runs().size();
    long requests = first.runs().get(0).requests();
    return String.format(
        Locale.ROOT,
        """
        Latency in milliseconds. %d seed%s, about %,d requests each, measured from %s to %s; ± is the 95 %% confidence interval over seeds.
        TO: timed out (TO 2/5: in two seeds of five). good/s: requests a second answered within %s.
        share ×: what the busiest server got of the requests, as a factor of the mean, and in parentheses the same in its worst 5 s; use ×: likewise of core time used, which is use, of that allotted, on average. Jain: Jain's index of the column before.
        ÷: p99 / p99.9, divided by that of the policy named, seed by seed.
        """,
        seeds,
        seeds == 1 ? "" : "s",
        requests,
        Durations.format(scenario.warmUp()),
        shown(scenario.duration()),
        goodWithin(result));
  }

  /** Where it is the same at all points. */
  private static String goodWithin(CampaignResult result) {
    return result.points().stream()
        .map(point -> Durations.format(point.point().scenario().goodWithin()))
        .distinct()
        .collect(Collectors.joining(" or "));
  }

  private static String shown(Duration duration) {
    return Durations.format(
        duration.toMillis() < 10 ? duration : Duration.ofMillis(duration.toMillis()));
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
    boolean ejects = point.point().scenario().balancers().outlierEjection();
    List<String> headings = new ArrayList<>(HEADINGS);
    if (ejects) {
      headings.add("ejected");
    }
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
                  strategy.estimate(RunResult::goodput).textWithInterval(),
                  percent(strategy.estimate(RunResult::timedOutShare)),
                  percent(strategy.estimate(RunResult::failedShare)),
                  busiest(strategy, RunResult::shares),
                  jain(strategy, RunResult::shares),
                  percent(strategy.estimate(RunResult::meanUtilization).mean()),
                  busiest(strategy, RunResult::use),
                  jain(strategy, RunResult::use)));
      if (ejects) {
        row.add(strategy.estimate(RunResult::ejections).text());
      }
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

  private static String busiest(StrategyResult strategy, Function<RunResult, Evenness> what) {
    return strategy.estimate(run -> what.apply(run).busiest()).text()
        + " ("
        + strategy.estimate(run -> what.apply(run).worst()).text()
        + ")";
  }

  private static String jain(StrategyResult strategy, Function<RunResult, Evenness> what) {
    return String.format(
        Locale.ROOT, "%.3f", strategy.estimate(run -> what.apply(run).jain()).mean());
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
