package dev.lookaside.core.load;

import static dev.lookaside.core.policy.Endpoints.SERVICE;
import static dev.lookaside.core.policy.Endpoints.endpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.EndpointLoad.Known;
import dev.lookaside.core.time.ManualTicker;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is expected between two reports, on a clock that the test moves. */
final class ExpectationTest {
  private static final Duration INTERVAL = Duration.ofMillis(100);

  private final ManualTicker ticker = new ManualTicker();
  private final LoadTracker tracker =
      new LoadTracker(TrackerSettings.expiringReportsAfter(Duration.ofSeconds(30)), ticker);
  private final Endpoint w1 = endpoint("w1").withCapacity(4);
  private final Endpoint w2 = endpoint("w2").withCapacity(4);

  @Test
  void withoutOutcomesWhatShouldHaveCompletedIsSubtracted() {
    steady(w1, 50, 40, 4);
    dispatch(w1, 4);
    double fresh = expected(w1);
    ticker.advance(INTERVAL);
    // 40 per second: 4 in the interval.
    assertThat(fresh).isEqualTo(8);
    assertThat(expected(w1)).isCloseTo(4, within(1.0));
  }

  @Test
  void anEndpointThatHasJustBecomeSlowIsBelievedLess() {
    steady(w1, 50, 40, 4);
    steady(w2, 50, 40, 4);
    for (int i = 0; i < 20; i++) {
      dispatch(w2, 4);
      ticker.advance(INTERVAL);
      // It says that it serves as before, but its queue grows by all that comes.
      report(w2, 4 + 4 * i, 40);
    }
    dispatch(w1, 4);
    report(w1, 80, 40);
    dispatch(w2, 4);
    double before = expected(w2);
    ticker.advance(INTERVAL);
    assertThat(before - expected(w2)).isLessThan(2);
  }

  @Test
  void withOutcomesNothingIsEstimated() {
    for (int i = 0; i < 50; i++) {
      dispatch(w1, 4);
      ticker.advance(INTERVAL);
      complete(w1, 4, INTERVAL);
      report(w1, 4, 40);
    }
    dispatch(w1, 3);
    ticker.advance(INTERVAL.multipliedBy(10));
    assertThat(expected(w1)).isEqualTo(7);
  }

  @Test
  void serviceTimeIsLearnedFromReports() {
    steady(w1, 50, 40, 4);
    assertThat(millis(w1)).isCloseTo(100, within(1.0));
    steady(w2, 50, 10, 4);
    // 400 ms by its own samples, mixed with the mean of the service.
    assertThat(millis(w2)).isBetween(300.0, 400.0);
  }

  @Test
  void serviceTimeIsLearnedFromOutcomes() {
    steady(w1, 20, 0, 1);
    steady(w2, 20, 0, 1);
    complete(w1, 100, Duration.ofMillis(50));
    complete(w2, 100, Duration.ofMillis(150));
    assertThat(millis(w1)).isCloseTo(50, within(3.0));
    assertThat(millis(w2)).isCloseTo(150, within(3.0));
  }

  @Test
  void queueingIsNotTakenForSlowness() {
    steady(w1, 20, 0, 16);
    // Four times as many as places: each place is busy for a quarter of the latency.
    for (int i = 0; i < 100; i++) {
      report(w1, 16, 0);
      complete(w1, 1, Duration.ofMillis(400));
    }
    assertThat(millis(w1)).isCloseTo(100, within(10.0));
  }

  @Test
  void anEndpointThatLookedSlowOnceIsTriedAgain() {
    complete(w1, 100, Duration.ofMillis(50));
    complete(w2, 20, Duration.ofMillis(900));
    assertThat(millis(w2)).isGreaterThan(700);
    for (int i = 0; i < 20; i++) {
      ticker.advance(Duration.ofSeconds(1));
      complete(w1, 50, Duration.ofMillis(50));
    }
    assertThat(millis(w2)).isLessThan(100);
  }

  private void steady(Endpoint endpoint, int reports, double rps, double inFlight) {
    report(endpoint, inFlight, rps);
    for (int i = 0; i < reports; i++) {
      dispatch(endpoint, (int) (rps / 10));
      ticker.advance(INTERVAL);
      report(endpoint, inFlight, rps);
    }
  }

  private void dispatch(Endpoint endpoint, int times) {
    for (int i = 0; i < times; i++) {
      tracker.of(endpoint).dispatched();
    }
  }

  private void complete(Endpoint endpoint, int times, Duration latency) {
    tracker.of(endpoint);
    for (int i = 0; i < times; i++) {
      assertThat(tracker.completed(SERVICE, endpoint.id(), "", Completion.succeeded(latency)))
          .isTrue();
    }
  }

  private void report(Endpoint endpoint, double inFlight, double rps) {
    tracker.reported(endpoint, new LoadReport(0, 0, 0, rps, 0, inFlight, Map.of(), ticker.nanos()));
  }

  private double expected(Endpoint endpoint) {
    return ((Known) tracker.of(endpoint).at(ticker.nanos()))
        .expectedRequestsInFlight(ticker.nanos());
  }

  private double millis(Endpoint endpoint) {
    return tracker.of(endpoint).serviceTimeNanos(ticker.nanos()) / 1e6;
  }
}
