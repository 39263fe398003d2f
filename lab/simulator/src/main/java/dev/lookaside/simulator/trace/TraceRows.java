package dev.lookaside.simulator.trace;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The rows of a trace as they are read. */
final class TraceRows {
  private final String timeColumn;
  private final int time;
  private final WorkFormula formula;
  private long[] atNanos = new long[1024];
  private double[] work = new double[1024];
  private int size;

  /**
   * @param timeColumn the name of the column of the time
   * @param time its place
   */
  TraceRows(String timeColumn, int time, WorkFormula formula) {
    this.timeColumn = timeColumn;
    this.time = time;
    this.formula = formula;
  }

  int size() {
    return size;
  }

  /** Adds a row, given its value at each place; throws if one of them means nothing. */
  void add(IntFunction<String> values) {
    if (size == atNanos.length) {
      atNanos = Arrays.copyOf(atNanos, 2 * size);
      work = Arrays.copyOf(work, 2 * size);
    }
    atNanos[size] = TraceTime.nanos(timeColumn, values.apply(time));
    work[size] = formula.of(values);
    size++;
  }

  /** In order of time; rows of the same time in the order in which they stand. */
  Trace trace() {
    Integer[] order =
        IntStream.range(0, size)
            .boxed()
            .sorted(Comparator.comparingLong(row -> atNanos[row]))
            .toArray(Integer[]::new);
    long first = atNanos[order[0]];
    return new Trace(
        Arrays.stream(order).mapToLong(row -> atNanos[row] - first).toArray(),
        Arrays.stream(order).mapToDouble(row -> work[row]).toArray());
  }
}
