package dev.lookaside.core.load;

/**
 * How the requests in flight at an endpoint become fewer while nobody tells.
 *
 * <pre>
 * d n / d t = unreported · (foreign − n / latency(n))     latency(n) = service time · slowdown(n)
 * </pre>
 *
 * <p>It is solved from one dispatch to the next with the latency of the first moment, so that n
 * falls exponentially. That of a queue falls at the endpoint's full rate, {@code capacity / service
 * time}, that of a few requests as fast as each is served.
 *
 * @param serviceNanos how long one request takes alone
 * @param foreignPerNano requests that other balancers send to the endpoint
 * @param unreported share of requests whose outcome no client reports, 0 to 1
 */
record QueueDecay(
    Slowdown slowdown,
    double capacity,
    double serviceNanos,
    double foreignPerNano,
    double unreported) {

  /** Where nothing is known of the service, or every outcome: what is in flight stays. */
  static final QueueDecay NONE = new QueueDecay(new Slowdown(() -> 1), 1, 1, 0, 0);

  /** What is left of so many requests in flight after so long. */
  double left(double inFlight, double nanos) {
    if (unreported == 0 || nanos <= 0) {
      return inFlight;
    }
    double x = unreported * nanos / (serviceNanos * slowdown.at(inFlight, capacity));
    // e^−x to within 3 %, without its cost: this is read for every endpoint at every pick.
    double kept = 1 / (1 + x * (1 + x * (0.5 + x / 6)));
    double came = unreported * foreignPerNano * nanos * (1 - kept) / x;
    return inFlight * kept + came;
  }
}
