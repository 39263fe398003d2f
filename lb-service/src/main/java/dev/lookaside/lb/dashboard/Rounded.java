package dev.lookaside.lb.dashboard;

/** Numbers as exact as somebody can read them: what looks the same is not sent again. */
final class Rounded {
  private static final double THREE_DIGITS = 1e3;
  private static final double SHARE = 1e4;
  private static final double SECOND_MILLIS = 1e3;
  private static final double COARSE_MILLIS = 100;

  private Rounded() {}

  /** To three digits that count. */
  static double number(double value) {
    if (value == 0 || Double.isNaN(value)) {
      return value;
    }
    double scale = Math.pow(10, Math.floor(Math.log10(Math.abs(value))) - 2);
    return scale < 1
        ? Math.rint(value / scale) / Math.rint(1 / scale)
        : Math.rint(value / scale) * scale;
  }

  /** A share, to a hundredth of a percent. */
  static double share(double value) {
    return Math.rint(value * SHARE) / SHARE;
  }

  /** An age: up to a second in tenths, above in seconds. */
  static double age(double millis) {
    return millis < SECOND_MILLIS
        ? Math.rint(millis / COARSE_MILLIS) * COARSE_MILLIS
        : Math.rint(millis / THREE_DIGITS) * THREE_DIGITS;
  }
}
