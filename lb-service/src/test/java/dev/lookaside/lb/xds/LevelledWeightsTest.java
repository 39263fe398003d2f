package dev.lookaside.lb.xds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.balancer.SlowStart;
import dev.lookaside.core.balancer.TrafficSettings;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.LoadReport;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.load.TrackerSettings;
import dev.lookaside.core.policy.Policies;
import dev.lookaside.core.time.ManualTicker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LevelledWeightsTest {
  private static final Duration PERIOD = Duration.ofSeconds(2);
  private static final Endpoint SLOW = Endpoint.of("worker", "a", new Address("127.0.0.1", 1));
  private static final Endpoint FAST = Endpoint.of("worker", "b", new Address("127.0.0.1", 2));
  private static final Endpoint LATE = Endpoint.of("worker", "c", new Address("127.0.0.1", 3));

  private final ManualTicker ticker = new ManualTicker();
  private final LoadTracker loads =
      new LoadTracker(TrackerSettings.expiringReportsAfter(Duration.ofMinutes(1)), ticker);
  private String policy = "ll";
  private final Balancer balancer =
      new Balancer(
          service -> new Policies(ticker, new Random(1)).create(policy),
          loads,
          new TrafficSettings(SlowStart.off(), Optional.empty(), Optional.empty(), 0),
          ticker);
  private final LevelledWeights weights =
      new LevelledWeights((service, endpoints) -> new double[] {7, 7}, loads, PERIOD, ticker);

  @Test
  void underAPolicyThatLooksAtLoadUtilizationsComeTogether() {
    registered(SLOW, FAST);
    double[] now = ask(both());

    for (int i = 0; i < 30; i++) {
      now = afterAPeriod(now);
    }

    assertThat(now[1] / now[0]).isCloseTo(4, within(0.2));
  }

  @Test
  void withinAPeriodNothingMoves() {
    registered(SLOW, FAST);
    double[] now = afterAPeriod(afterAPeriod(new double[] {1, 1}));

    ticker.advance(Duration.ofMillis(100));
    report(now);

    assertThat(ask(both())).isEqualTo(now);
  }

  @Test
  void whoComesWithinAPeriodDoesNotChangeWhatOthersAreToEachOther() {
    registered(SLOW, FAST);
    double[] now = afterAPeriod(afterAPeriod(new double[] {1, 1}));

    registered(SLOW, FAST, LATE);
    report(now);
    double[] three = ask(List.of(SLOW, FAST, LATE));

    assertThat(three[1] / three[0]).isCloseTo(now[1] / now[0], within(1e-9));
    assertThat(three[2]).isPositive();
  }

  @Test
  void otherPoliciesHaveOtherWeights() {
    policy = "rr";
    registered(SLOW, FAST);

    assertThat(ask(both())).containsExactly(7, 7);
  }

  private double[] afterAPeriod(double[] before) {
    ticker.advance(PERIOD);
    report(before);
    return ask(both());
  }

  /** The fast one can do four times as much; both are asked to do what they weigh. */
  private void report(double[] weight) {
    double all = weight[0] + weight[1];
    loads.reported(SLOW, report(weight[0] / all, 0.2));
    loads.reported(FAST, report(weight[1] / all, 0.8));
  }

  private LoadReport report(double part, double speed) {
    return new LoadReport(0.8 * part / speed, 0, 0, 100 * part, 0, 0, Map.of(), ticker.nanos());
  }

  private double[] ask(List<Endpoint> endpoints) {
    return weights.of(balancer.find("worker").orElseThrow().snapshot(), endpoints);
  }

  private static List<Endpoint> both() {
    return List.of(SLOW, FAST);
  }

  private void registered(Endpoint... endpoints) {
    EndpointTable table = EndpointTable.of("worker", 1, List.of(endpoints));
    loads.update(table);
    balancer.update(table);
  }
}
