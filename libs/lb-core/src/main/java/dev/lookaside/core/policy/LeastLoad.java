package dev.lookaside.core.policy;

import dev.lookaside.core.policy.choice.LeastOfSample;
import dev.lookaside.core.policy.cost.ExpectedLatency;
import dev.lookaside.core.time.Ticker;
import java.util.random.RandomGenerator;

/**
 * The least <em>expected</em> load, which is a time: what a request sent now would take.
 *
 * <pre>
 * load(e)      = believed service time · (1 + 4/3 · crowding · n / capacity)
 * service time = ∫ n / (1 + slope · n / capacity) dt / requests completed      over about two seconds
 * crowding     = max(1, slope, 1/2 ÷ mean of (n + 1) / capacity)
 * n            = reported in flight, not less than is on its way; + 1 at a dispatch, − 1 at an outcome, and where clients report none
 *                d n / d t = requests of others − n / (service time · (1 + slope · n / capacity))
 * </pre>
 *
 * <p>One law, {@code latency(n) = service time · (1 + slope · n / capacity)}, makes all three: what
 * is measured at one n is valid at another, and what is dispatched drains as it is measured to. An
 * endpoint that has places to spare looks alike while it has; so that requests do not drift to
 * where that ends, those in flight weigh a third more than the law says.
 *
 * <p>The slope is learned for each service, from what each request found in flight and how long it
 * took, and not from the capacity that is registered: too flat a slope and queueing is taken for
 * slowness, too steep and the busiest endpoint looks fastest, gets more, and stays so. How flat the
 * service is also says how much a service time must differ from the mean of the service to count:
 * up to 20 %, or 2.5 standard errors, where latency is flat; where it is steep, half of what one
 * request more makes, since requests are whole. Regimes:
 *
 * <ul>
 *   <li>Latency is flat in n (endpoints that wait for others), or flat up to an edge: the slope is
 *       0, the service time is the latency, and equal endpoints get equal shares whatever their
 *       capacity, also while all of them warm up; one that is much slower is left.
 *   <li>Endpoints that compute, or a queue in order of arrival: the slope is that of the service,
 *       and from a steepness of a third on at least 1, unless far more than the capacity is in
 *       flight; measured speed decides.
 *   <li>A cliff that is reached: the slope is greater than 1 where the registered capacity is too
 *       great, and requests in flight weigh the more.
 *   <li>Clients report most outcomes: n is counted, the service time follows each outcome and the
 *       time that passed without one, and the age of reports does not matter.
 *   <li>No outcomes, or most requests are other balancers': the slope is 1, both sums come from the
 *       reports, n drains between them. With reports many service times old this is a rotation
 *       weighted by measured speed, in which each report corrects what has gone astray.
 *   <li>Few requests: an answer or a request on its way is as much as what a report says, and the
 *       busiest has most of them. Where clients report outcomes, what was sent within a second or
 *       two and is not known to have ended is in flight, whatever the report says.
 *   <li>Few requests are most of the work: the more single latencies vary, the more outcomes it
 *       takes before an endpoint's service time counts against the mean of the service.
 *   <li>An endpoint that is avoided: what is known of it fades to the mean of the service within
 *       seconds, until it is tried with a request or two, which then wait in the integral.
 *   <li>Nothing measured yet: in flight by capacity. Every pick counts at once, so picks between
 *       two reports spread as if the reports were fresh: there is no herd.
 * </ul>
 *
 * <p>Many endpoints and such of unknown load: see {@link LeastOfSample}.
 *
 * <p>docs/adr/0009 has the forms tried, with their numbers.
 */
record LeastLoad(Ticker ticker, RandomGenerator random) implements Policy {
  static final String NAME = "ll";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Spread spread() {
    return Spread.BY_CAPACITY;
  }

  @Override
  public Picker newPicker(Candidates candidates) {
    return new LeastOfSample(candidates, ExpectedLatency.OF_NEXT_REQUEST, ticker, random);
  }
}
