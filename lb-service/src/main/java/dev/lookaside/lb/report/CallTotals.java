package dev.lookaside.lb.report;

/**
 * The calls to one service so far, as clients report them.
 *
 * @param succeededSeconds how long those took that succeeded, all together
 */
public record CallTotals(double succeeded, double failed, double refused, double succeededSeconds) {
  static final CallTotals NONE = new CallTotals(0, 0, 0, 0);
}
