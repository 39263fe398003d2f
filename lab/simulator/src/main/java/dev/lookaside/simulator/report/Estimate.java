package dev.lookaside.simulator.report;

import java.util.List;
import java.util.Locale;

/**
 * A mean over seeds and its 95 % confidence interval.
 *
 * @param halfWidth of the interval by Student's t; 0 for a single seed
 * @param infinite in how many seeds the value was infinite, that is a timeout
 * @param count of seeds
 */
record Estimate(double mean, double halfWidth, int infinite, int count) {
  // Student's t at 97.5 %, for 1 to 30 degrees of freedom.
  private static final double[] T = {
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
    2.052, 2.048, 2.045, 2.042
  };
  private static final double T_OF_MANY = 1.96;

  static Estimate of(List<Double> values) {
    int count = values.size();
    int infinite = (int) values.stream().filter(value -> value.isInfinite()).count();
    double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    if (infinite > 0 || count < 2) {
      return new Estimate(mean, 0, infinite, count);
    }
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    double t = count - 2 < T.length ? T[count - 2] : T_OF_MANY;
    return new Estimate(mean, t * Math.sqrt(squares / (count - 1) / count), 0, count);
  }

  /** With three significant digits; {@code TO} where it is a timeout, with in how many seeds. */
  String text() {
    if (infinite > 0) {
      return infinite == count ? "TO" : "TO " + infinite + "/" + count;
    }
    return number(mean);
  }

  String textWithInterval() {
    return infinite > 0 || count < 2 || Double.isNaN(mean)
        ? text()
        : text() + " ±" + number(halfWidth);
  }

  static String number(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    if (Double.isInfinite(value)) {
      return "TO";
    }
    int decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
