package dev.lookaside.simulator.report;

import dev.lookaside.simulator.recording.Caveats;
import dev.lookaside.simulator.recording.RecordedFigures;
import dev.lookaside.simulator.recording.Recording;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A recording and what each policy would have made of it, as a table. */
public final class ReplayReport {
  private ReplayReport() {}

  public static String of(CampaignResult result, Recording recording) {
    PointResult point = result.points().get(0);
    Duration goodWithin = point.point().scenario().goodWithin();
    RecordedFigures recorded = RecordedFigures.of(recording, goodWithin);
    Table table = new Table().row(header());
    table.row(row(recording.policy() + ", as recorded", recorded));
    point.strategies().forEach(strategy -> table.row(row(strategy)));
    StringBuilder text = new StringBuilder(heading(recording, goodWithin)).append('\n');
    text.append(table.text());
    point.find(recording.policy()).ifPresent(same -> text.append(agreement(same, recorded)));
    List<String> caveats = Caveats.of(recording);
    if (!caveats.isEmpty()) {
      text.append('\n');
      caveats.forEach(caveat -> text.append("Note: ").append(caveat).append(".\n"));
    }
    return text.toString();
  }

  private static String heading(Recording recording, Duration goodWithin) {
    return String.format(
        Locale.ROOT,
        "%d calls to %s in %.0f s, %d worker%s, picked by %s; goodput is what was answered within"
            + " %d ms, beyond what met more requests at a worker than were seen there.%n",
        recording.calls().size(),
        recording.service(),
        recording.duration().toNanos() / 1e9,
        recording.workers().size(),
        recording.workers().size() == 1 ? "" : "s",
        recording.policy(),
        goodWithin.toMillis());
  }

  private static List<String> header() {
    return List.of("policy", "p50 ms", "p99 ms", "goodput/s", "busiest ÷ mean", "failed", "beyond");
  }

  private static List<String> row(String name, RecordedFigures recorded) {
    return List.of(
        name,
        Estimate.number(recorded.p50Millis()),
        Estimate.number(recorded.p99Millis()),
        Estimate.number(recorded.goodput()),
        Estimate.number(recorded.busiest()),
        percent(recorded.failedShare()),
        "");
  }

  private static List<String> row(StrategyResult strategy) {
    return List.of(
        strategy.strategy(),
        strategy.percentile(50).textWithInterval(),
        strategy.percentile(99).textWithInterval(),
        strategy.estimate(RunResult::goodput).textWithInterval(),
        strategy.estimate(run -> run.shares().busiest()).textWithInterval(),
        percent(strategy.estimate(RunResult::failedShare).mean()),
        percent(strategy.estimate(RunResult::beyondMeasuredShare).mean()));
  }

  /** How far the replay of the policy that picked is from what was measured. */
  private static String agreement(StrategyResult same, RecordedFigures recorded) {
    return String.format(
        Locale.ROOT,
        "%nReplayed ÷ recorded, %s: p50 %s, p99 %s, goodput %s, busiest ÷ mean %s.%n",
        same.strategy(),
        ratio(same.percentile(50), recorded.p50Millis()),
        ratio(same.percentile(99), recorded.p99Millis()),
        ratio(same.estimate(RunResult::goodput), recorded.goodput()),
        ratio(same.estimate(run -> run.shares().busiest()), recorded.busiest()));
  }

  private static String ratio(Estimate replayed, double recorded) {
    return Optional.of(replayed.mean() / recorded)
        .filter(Double::isFinite)
        .map(Estimate::number)
        .orElse("-");
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
