package dev.lookaside.simulator.report;

import dev.lookaside.simulator.report.CsvRuns.Point;
import dev.lookaside.simulator.report.CsvRuns.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a user gains and loses who switches from one policy to another, in every scenario whose
 * results, as {@link CsvReport} writes them, stand in a directory.
 *
 * @param from the policies that are left
 * @param to the policy that is taken instead
 */
public record SwitchReport(List<String> from, String to) {
  // What is less is noise of three seeds.
  private static final double NOTICEABLE = 0.02;
  private static final double NOTICEABLE_GOODPUT = 0.005;

  /**
   * The table, in the form of Markdown.
   *
   * @param pages where the pages are, for links
   */
  public String of(Path directory, String pages) throws IOException {
    Table table = new Table();
    List<String> headings = new ArrayList<>(List.of("scenario", "p99 of " + to));
    from.forEach(policy -> headings.add("from " + policy));
    table.row(headings);
    for (Point point : CsvRuns.read(directory)) {
      Optional<Row> taken = point.find(to);
      if (taken.isPresent() && from.stream().anyMatch(policy -> point.find(policy).isPresent())) {
        List<String> cells = new ArrayList<>();
        cells.add(point.link(pages));
        cells.add(Estimate.number(taken.get().p99()));
        for (String policy : from) {
          cells.add(point.find(policy).map(left -> cell(left, taken.get())).orElse(""));
        }
        table.row(cells);
      }
    }
    return table.text();
  }

  /** Ratios of p99 and p99.9 and the change of goodput; bold where something is lost. */
  private static String cell(Row left, Row taken) {
    double goodput = left.goodput() == 0 ? 0 : taken.goodput() / left.goodput() - 1;
    String text =
        ratio(left.p99(), taken.p99())
            + " / "
            + ratio(left.p999(), taken.p999())
            + String.format(Locale.ROOT, ", %+.1f %%", 100 * goodput);
    boolean loses =
        taken.p99() > left.p99() * (1 + NOTICEABLE)
            || taken.p999() > left.p999() * (1 + NOTICEABLE)
            || goodput < -NOTICEABLE_GOODPUT;
    return loses ? "**" + text + "**" : text;
  }

  private static String ratio(double left, double taken) {
    if (Double.isInfinite(left)) {
      return Double.isInfinite(taken) ? "TO both" : "TO before";
    }
    return Double.isInfinite(taken) ? "TO after" : String.format(Locale.ROOT, "%.2f", taken / left);
  }
}
