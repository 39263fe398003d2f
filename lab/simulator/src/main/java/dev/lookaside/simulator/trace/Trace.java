package dev.lookaside.simulator.trace;

/**
 * The requests of a trace in order of time: when each came, counted from the first one, and how
 * much work it brought. It never changes, so runs share it.
 */
public final class Trace {
  private final long[] atNanos;
  private final double[] work;
  private final double sumOfWork;

  /**
   * @param atNanos in ascending order, from 0 on
   * @param work of each, in the units of the trace
   */
  Trace(long[] atNanos, double[] work) {
    this.atNanos = atNanos;
    this.work = work;
    double sum = 0;
    for (double one : work) {
      sum += one;
    }
    this.sumOfWork = sum;
  }

  /**
   * A trace of these requests.
   *
   * @param atNanos in ascending order, from 0 on, at least one
   * @param work of each, in the units of the trace
   */
  public static Trace of(long[] atNanos, double[] work) {
    return new Trace(atNanos.clone(), work.clone());
  }

  /** How many requests there are, at least one. */
  public int size() {
    return atNanos.length;
  }

  /** When a request came, in nanoseconds since the first one. */
  public long atNanos(int request) {
    return atNanos[request];
  }

  /** The work of a request, in the units of the trace. */
  public double work(int request) {
    return work[request];
  }

  /** The work of all requests, in the units of the trace. */
  public double sumOfWork() {
    return sumOfWork;
  }

  /** From the first request to the last one. */
  public long spanNanos() {
    return atNanos[atNanos.length - 1];
  }
}
