package dev.lookaside.core.load;

/**
 * How many requests an endpoint is expected to have completed since its last report, where no
 * client tells.
 *
 * <p>With {@code r} in flight at the report, {@code d} dispatched evenly since, {@code x = age /
 * service time} and {@code c} places, a fluid would have completed
 *
 * <pre>
 * full = min( c · x,  r · (1 − e⁻ˣ) + d · (1 − (1 − e⁻ˣ) / x) )
 * </pre>
 *
 * <p>The first bound is that of a busy endpoint, the second that of one without a queue.
 *
 * @param serviceNanos mean time that one request keeps one place busy
 * @param capacity how many places there are
 * @param believed share of {@code full} that is believed, 0 to 1
 * @param foreignPerNano requests that others send to the endpoint
 * @param unreported share of requests whose outcome no client reports, 0 to 1
 */
record CompletionModel(
    double serviceNanos,
    double capacity,
    double believed,
    double foreignPerNano,
    double unreported) {

  /** Believes that nothing was completed. */
  static final CompletionModel NONE = new CompletionModel(1, 1, 0, 0, 0);

  CompletionModel believing(double share) {
    return new CompletionModel(serviceNanos, capacity, share, foreignPerNano, unreported);
  }

  /** Completions of this balancer's requests, as far as they are believed. */
  double completions(double reported, double dispatched, double ageNanos) {
    if (unreported == 0) {
      return 0;
    }
    double foreign = foreignPerNano * ageNanos;
    return unreported * (believed * full(reported, dispatched + foreign, ageNanos) - foreign);
  }

  /** What a fluid would have completed. */
  double full(double reported, double dispatched, double ageNanos) {
    if (ageNanos <= 0) {
      return 0;
    }
    double x = ageNanos / serviceNanos;
    // 1 − e⁻ˣ to within 3 %, without the cost of the exponential.
    double gone = 1 - 1 / (1 + x * (1 + x * (0.5 + x / 6)));
    return Math.min(capacity * x, reported * gone + dispatched * (1 - gone / x));
  }
}
