package dev.lookaside.simulator.report;

import dev.lookaside.simulator.report.CsvRuns.Point;
import dev.lookaside.simulator.report.CsvRuns.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every scenario whose results stand in a directory, on one page: a row for each point.
 *
 * @param policies what to show of each
 */
public record OverviewReport(List<String> policies) {

  /**
   * p99 in milliseconds, and the share of the busiest in its worst 5 s; in the form of Markdown.
   *
   * @param pages where the pages are, for links
   */
  public String of(Path directory, String pages) throws IOException {
    Table table = new Table();
    List<String> headings = new ArrayList<>(List.of("scenario"));
    headings.addAll(policies);
    table.row(headings);
    for (Point point : CsvRuns.read(directory)) {
      List<String> cells = new ArrayList<>(List.of(point.link(pages)));
      for (String policy : policies) {
        cells.add(cell(point.find(policy)));
      }
      table.row(cells);
    }
    return table.text();
  }

  private static String cell(Optional<Row> row) {
    return row.map(known ->
            Estimate.number(known.p99()) + " (" + Estimate.number(known.worstShare()) + ")")
        .orElse("");
  }
}
