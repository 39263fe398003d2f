package dev.lookaside.simulator.report;

import dev.lookaside.simulator.scenario.Scenario;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The results as PNG charts. */
public final class Charts {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 440;

  private final CampaignResult result;
  private final Path directory;
  private final String name;

  public Charts(CampaignResult result, Path directory, String name) {
    this.result = result;
    this.directory = directory;
    this.name = name;
  }

  /** Writes them, and says which files they are. */
  public List<Path> write() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Scenario.ChartKind kind : result.points().get(0).point().scenario().charts()) {
      files.add(
          switch (kind) {
            case P99 -> save(bySweep(99), "p99");
            case P999 -> save(bySweep(99.9), "p99.9");
            case PERCENTILES -> save(byPercentile(), "percentiles");
            case OVER_TIME -> save(overTime(), "p99-over-time");
          });
    }
    return files;
  }

  private XYChart bySweep(double percentile) {
    String parameter = result.points().get(0).point().parameter();
    XYChart chart = chart("p" + TextReport.trimmed(percentile) + " by " + parameter, parameter);
    List<Double> places = new ArrayList<>();
    for (int i = 0; i < result.points().size(); i++) {
      places.add((double) i);
    }
    chart
        .getStyler()
        .setXAxisTickLabelsFormattingFunction(place ->
            place == Math.rint(place) && place >= 0 && place < places.size()
                ? result.points().get(place.intValue()).point().value()
                : "");
    for (String strategy : result.strategies()) {
      List<Double> values = new ArrayList<>();
      for (PointResult point : result.points()) {
        double ceiling = ceiling(point.point().scenario());
        values.add(
            point
                .find(strategy)
                .map(s -> Math.min(ceiling, s.percentile(percentile).mean()))
                .orElse(Double.NaN));
      }
      add(chart, strategy, places, values);
    }
    return chart;
  }

  private XYChart byPercentile() {
    XYChart chart = chart("latency by percentile", "percentile");
    chart
        .getStyler()
        .setXAxisTickLabelsFormattingFunction(
            nines -> String.format(Locale.ROOT, "%.4g", 100 - Math.pow(10, 2 - nines)));
    List<Double> nines = RunResult.PERCENTILES.stream().map(p -> 2 - Math.log10(100 - p)).toList();
    PointResult point = result.points().get(0);
    double ceiling = ceiling(point.point().scenario());
    for (StrategyResult strategy : point.strategies()) {
      add(
          chart,
          strategy.strategy(),
          nines,
          RunResult.PERCENTILES.stream()
              .map(p -> Math.min(ceiling, strategy.percentile(p).mean()))
              .toList());
    }
    return chart;
  }

  private XYChart overTime() {
    XYChart chart = chart("p99 over time, seed 1", "seconds");
    for (StrategyResult strategy : result.points().get(0).strategies()) {
      List<RunResult.Moment> timeline = strategy.runs().get(0).timeline();
      add(
          chart,
          strategy.strategy(),
          timeline.stream().map(RunResult.Moment::seconds).toList(),
          timeline.stream().map(RunResult.Moment::p99Millis).toList());
    }
    return chart;
  }

  /** Where timeouts are drawn. */
  private static double ceiling(Scenario scenario) {
    Duration timeout = scenario.client().timeout();
    return timeout == null ? Double.MAX_VALUE : timeout.toNanos() / 1e6;
  }

  private XYChart chart(String what, String xTitle) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(result.points().get(0).point().scenario().title() + ": " + what)
            .xAxisTitle(xTitle)
            .yAxisTitle("milliseconds")
            .build();
    chart.getStyler().setYAxisLogarithmic(true);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    return chart;
  }

  /** Where the axis begins: only powers of ten have labels on it, so there must be some. */
  private static double decadeBelow(XYChart chart) {
    double least =
        chart.getSeriesCollection().stream()
            .flatMapToDouble(series -> Arrays.stream(series.getYData()))
            .filter(Double::isFinite)
            .min()
            .orElse(1);
    return Math.pow(10, Math.floor(Math.log10(least)));
  }

  private static void add(XYChart chart, String strategy, List<Double> x, List<Double> y) {
    // A logarithmic axis has no place for 0, and a line none for what is not known.
    List<Double> drawn =
        y.stream().map(v -> v > 0 && v < Double.MAX_VALUE ? v : Double.NaN).toList();
    if (drawn.stream().anyMatch(v -> !v.isNaN())) {
      XYSeries series = chart.addSeries(strategy, x, drawn);
      series.setMarker(SeriesMarkers.NONE);
      series.setLineColor(Strokes.color(strategy));
      series.setLineStyle(Strokes.line(strategy));
    }
  }

  private Path save(XYChart chart, String suffix) throws IOException {
    chart.getStyler().setYAxisMin(decadeBelow(chart));
    Path file = directory.resolve(name + "-" + suffix + ".png");
    ChartEncoder.saveChart(chart, file.toString(), "png");
    return file;
  }
}
