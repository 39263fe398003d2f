package dev.lookaside.core.policy;

import dev.lookaside.core.policy.choice.LeastOfSample;
import dev.lookaside.core.policy.cost.ExpectedLatency;
import dev.lookaside.core.time.Ticker;
import java.util.random.RandomGenerator;

/**
 * The least <em>expected</em> load, which is a time: what a request sent now would take.
 *
 * <pre>
 * load(e)      = believed service time · (1 + 4/3 · n / capacity)
 * service time = ∫ n / (1 + n / capacity) dt / requests completed      over about two seconds
 * n            = reported in flight; + 1 at a dispatch, − 1 at an outcome, and where clients report none
 *                d n / d t = requests of others − n / (service time · (1 + n / capacity))
 * </pre>
 *
 * <p>One law, {@code latency(n) = service time · (1 + n / capacity)}, makes all three: what is
 * measured at one n is valid at another, and what is dispatched drains as it is measured to. Nobody
 * asks how many places an endpoint really has, and those that have some to spare look alike while
 * they have; so that requests do not drift to where that ends, those in flight weigh a third more
 * than the law says.
 *
 * <p>How far the law holds is learned for each service: its <em>steepness</em> is the slope of
 * latency over n, 1 if as the law says and 0 if latency is flat. A service time within 20 % · (1 −
 * steepness) of the service's mean counts as the mean. Regimes:
 *
 * <ul>
 *   <li>Latency is flat in n (endpoints that wait for others), or flat up to an edge: equal
 *       endpoints get equal shares whatever their capacity, one that is much slower is left.
 *   <li>Endpoints that compute: the tolerance is near nothing, and measured speed decides.
 *   <li>Clients report most outcomes: n is counted, the service time follows each outcome and the
 *       time that passed without one, and the age of reports does not matter.
 *   <li>No outcomes, or most requests are other balancers': both come from the reports, n drains
 *       between them. With reports many service times old this is a rotation weighted by measured
 *       speed, in which each report corrects what has gone astray.
 *   <li>An endpoint that is avoided: what is known of it fades to the mean of the service, until it
 *       is tried with a request or two, which then wait in the integral.
 *   <li>Nothing measured yet: in flight by capacity. Every pick counts at once, so picks between
 *       two reports spread as if the reports were fresh: there is no herd.
 * </ul>
 *
 * <p>Many endpoints and such of unknown load: see {@link LeastOfSample}.
 *
 * <p>docs/adr/0009 has the forms tried, with their numbers.
 */
final class LeastLoad implements Policy {
  static final String NAME = "ll";

  private final Ticker ticker;
  private final RandomGenerator random;

  LeastLoad(Ticker ticker, RandomGenerator random) {
    this.ticker = ticker;
    this.random = random;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Spread spread() {
    return Spread.BY_CAPACITY;
  }

  @Override
  public Policy fresh() {
    return new LeastLoad(ticker, random);
  }

  @Override
  public Picker newPicker(Candidates candidates) {
    return new LeastOfSample(candidates, ExpectedLatency.OF_NEXT_REQUEST, ticker, random);
  }
}
