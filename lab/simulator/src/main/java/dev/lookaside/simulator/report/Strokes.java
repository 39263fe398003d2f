package dev.lookaside.simulator.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Map;

/** How each strategy is drawn: the same in every chart, references thin and bounds dashed. */
final class Strokes {
  private static final Map<String, Color> COLORS =
      Map.ofEntries(
          Map.entry("ll", new Color(0xC62828)),
          Map.entry("prequal", new Color(0x1565C0)),
          Map.entry("peak_ewma", new Color(0x2E7D32)),
          Map.entry("p2c", new Color(0xEF6C00)),
          Map.entry("wrr", new Color(0x6A1B9A)),
          Map.entry("rr", new Color(0x5D4037)),
          Map.entry("hash", new Color(0x00838F)),
          Map.entry("client-prequal", new Color(0x64B5F6)),
          Map.entry("omniscient", Color.BLACK),
          Map.entry("omniscient-count", Color.GRAY),
          Map.entry("central-queue", Color.GRAY));
  private static final Color OTHER = new Color(0xB0BEC5);
  private static final float[] DASHES = {6, 4};

  private Strokes() {}

  static Color color(String strategy) {
    return COLORS.getOrDefault(strategy, OTHER);
  }

  static BasicStroke line(String strategy) {
    boolean bound = strategy.startsWith("omniscient") || strategy.equals("central-queue");
    float width = strategy.equals("ll") || strategy.equals("prequal") ? 2.5f : 1.5f;
    return bound
        ? new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, DASHES, 0)
        : new BasicStroke(width);
  }
}
