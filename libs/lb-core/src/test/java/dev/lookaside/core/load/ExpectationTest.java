package dev.lookaside.core.load;

import static dev.lookaside.core.policy.Endpoints.SERVICE;
import static dev.lookaside.core.policy.Endpoints.endpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.EndpointLoad.Known;
import dev.lookaside.core.policy.cost.ExpectedLatency;
import dev.lookaside.core.time.ManualTicker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is expected between two reports, on a clock that the test moves. */
final class ExpectationTest {
  private static final Duration INTERVAL = Duration.ofMillis(100);

  private final ManualTicker ticker = new ManualTicker();
  private final LoadTracker tracker =
      new LoadTracker(TrackerSettings.expiringReportsAfter(Duration.ofSeconds(30)), ticker);
  private final Endpoint w1 = endpoint("w1").withCapacity(4);
  private final Endpoint w2 = endpoint("w2").withCapacity(4);

  @BeforeEach
  void track() {
    tracker.update(EndpointTable.of(SERVICE, 1, List.of(w1, w2)));
  }

  @Test
  void withoutOutcomesWhatShouldHaveCompletedIsSubtracted() {
    steady(w1, 50, 40, 4);
    dispatch(w1, 4);
    double fresh = expected(w1);
    ticker.advance(INTERVAL);
    // 40 per second of 4 is e^−1 in the interval; a little less of the 8 that there are now.
    assertThat(fresh).isEqualTo(8);
    assertThat(expected(w1)).isBetween(3.0, 4.5);
  }

  @Test
  void aSteadyStreamOfDispatchesIsExpectedToStaySteadyHoweverOldTheReport() {
    steady(w1, 50, 40, 4);
    for (int i = 0; i < 200; i++) {
      ticker.advance(Duration.ofMillis(25));
      dispatch(w1, 1);
    }
    assertThat(expected(w1)).isCloseTo(4.5, within(0.7));
  }

  @Test
  void aQueueDrainsAtTheRateAtWhichItsEndpointServes() {
    steady(w1, 50, 40, 40);
    ticker.advance(Duration.ofMillis(500));
    // 40 per second.
    assertThat(expected(w1)).isCloseTo(20, within(5.0));
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
  void requestsThatAreStillThereAreNotTakenForSuchWhoseOutcomeNobodyTells() {
    for (int i = 0; i < 20; i++) {
      report(w1, i, 40);
      dispatch(w1, 4);
      ticker.advance(INTERVAL);
      complete(w1, 3, INTERVAL);
    }
    report(w1, 20, 40);
    dispatch(w1, 3);
    ticker.advance(INTERVAL.multipliedBy(10));
    assertThat(expected(w1)).isEqualTo(23);
  }

  /** The answer to a pick takes a while to its client, and the outcome a while back. */
  @Test
  void anOutcomeEndsTheRequestThatItWasPickedForHoweverShortTheCallWas() {
    report(w1, 0, 0);
    dispatch(w1, 1_000);
    complete(w1, 1_000, Duration.ZERO);
    ticker.advance(Duration.ofMillis(900));
    report(w1, 0, 0);
    long picked = ticker.nanos();
    dispatch(w1, 10);
    ticker.advance(INTERVAL.multipliedBy(2));
    dispatch(w1, 10);
    Completion ended = Completion.succeeded(Duration.ofMillis(1)).pickedAt(picked);
    for (int i = 0; i < 10; i++) {
      tracker.completed(SERVICE, "w1", "", ended);
    }
    // What was sent more than a second ago is no longer counted; the second ten are not that old.
    ticker.advance(INTERVAL.multipliedBy(9));
    report(w1, 0, 0);
    assertThat(expected(w1)).isEqualTo(10);
  }

  @Test
  void requestsOfOthersComeInAsTheyGoOut() {
    report(w1, 4, 40);
    for (int i = 0; i < 50; i++) {
      // Half of its requests are ours.
      dispatch(w1, 2);
      ticker.advance(INTERVAL);
      report(w1, 4, 40);
    }
    for (int i = 0; i < 100; i++) {
      ticker.advance(Duration.ofMillis(50));
      dispatch(w1, 1);
    }
    assertThat(expected(w1)).isCloseTo(4.5, within(0.6));
  }

  @Test
  void latencyIsLearnedFromReports() {
    steady(w1, 50, 40, 4);
    // 4 of 40 per second are there for 100 ms: 50 ms alone. Four weigh like 5 1/3 on 4 places.
    assertThat(millis(w1, 4)).isCloseTo(116.7, within(2.0));
    steady(w2, 50, 10, 4);
    // 467 ms by its own reports, mixed with the mean of the service.
    assertThat(millis(w2, 4)).isBetween(350.0, 467.0);
  }

  @Test
  void latencyIsLearnedFromOutcomes() {
    serve(w1, 60, Duration.ofMillis(50));
    // One at a time says nothing of how latency grows: it is taken as it is.
    assertThat(millis(w1, 0)).isCloseTo(50, within(1.0));
    serve(w2, 60, Duration.ofMillis(150));
    assertThat(millis(w2, 0)).isBetween(100.0, 150.0);
  }

  @Test
  void theFirstRequestsOfAnIncarnationBrandNobody() {
    serve(w1, 60, Duration.ofMillis(20));
    serve(w2, ServiceTime.COLD, Duration.ofSeconds(1));
    assertThat(millis(w2, 0)).isCloseTo(millis(w1, 0), within(1.0));
  }

  @Test
  void aRequestThatIsStillThereCountsAlsoIfItIsAmongTheFirst() {
    serve(w1, 60, Duration.ofMillis(20));
    dispatch(w2, 1);
    ticker.advance(Duration.ofSeconds(1));
    complete(w1, 1, Duration.ofMillis(20));
    assertThat(millis(w2, 1)).isGreaterThan(5 * millis(w1, 1));
  }

  @Test
  void aDifferenceThatMayBeNoiseIsNone() {
    serve(w1, 200, Duration.ofMillis(50));
    serve(w2, 40, Duration.ofMillis(45));
    assertThat(millis(w2, 0)).isEqualTo(millis(w1, 0));
  }

  @Test
  void whereFewRequestsAreMostOfTheWorkOneOfThemBrandsNobody() {
    for (int i = 0; i < 20; i++) {
      for (Endpoint each : List.of(w1, w2)) {
        serve(each, 20, Duration.ofMillis(2));
        serve(each, 1, Duration.ofMillis(200));
      }
    }
    serve(w1, 20, Duration.ofMillis(2));
    serve(w2, 1, Duration.ofMillis(200));
    double slower =
        tracker.of(w2).serviceTimeNanos(0, ticker.nanos())
            / tracker.of(w1).serviceTimeNanos(0, ticker.nanos());
    assertThat(slower).isBetween(1.0, 1.3);
  }

  @Test
  void queueingIsNotTakenForSlowness() {
    steady(w1, 60, 10, 1);
    steady(w2, 20, 160, 64);
    // 100 ms alone against 400 ms with 64 there: alone, that is less than 100 ms.
    assertThat(millis(w2, 0)).isLessThan(millis(w1, 0));
  }

  @Test
  void anEndpointThatHangsLooksSlowBeforeItsFirstOutcomeComes() {
    serve(w1, 60, Duration.ofMillis(50));
    dispatch(w1, 4);
    double before = millis(w1, 4);
    ticker.advance(Duration.ofMillis(500));
    assertThat(millis(w1, 4)).isGreaterThan(2 * before);
  }

  @Test
  void aRequestThatFailedAddsItsTimeAndCompletesNothing() {
    serve(w1, 60, Duration.ofMillis(50));
    double before = millis(w1, 0);
    dispatch(w1, 1);
    ticker.advance(Duration.ofSeconds(1));
    tracker.completed(SERVICE, "w1", "", Completion.failed(Duration.ofSeconds(1)));
    assertThat(millis(w1, 0)).isGreaterThan(1.5 * before);
  }

  @Test
  void anEndpointThatLookedSlowOnceIsTriedAgain() {
    serve(w1, 60, Duration.ofMillis(50));
    serve(w2, ServiceTime.COLD + 5, Duration.ofMillis(900));
    assertThat(millis(w2, 0)).isGreaterThan(200);
    for (int i = 0; i < 20; i++) {
      serve(w1, 20, Duration.ofMillis(50));
    }
    assertThat(millis(w2, 0)).isLessThan(120);
  }

  @Test
  void itIsTriedAgainWithinSecondsHoweverMuchSpokeAgainstIt() {
    for (int i = 0; i < 20; i++) {
      dispatch(w2, 20);
      serve(w1, 10, Duration.ofMillis(20));
      complete(w2, 20, Duration.ofMillis(200));
    }
    assertThat(millis(w2, 0)).isGreaterThan(3 * millis(w1, 0));
    serve(w1, 250, Duration.ofMillis(20));
    LiveLoad avoided = tracker.of(w2);
    assertThat(avoided.serviceTimeNanos(0, ticker.nanos()))
        .isLessThan(1.2 * avoided.typicalServiceTimeNanos());
  }

  @Test
  void whileRequestsAreOthersTheTimeOfOursDoesNotAddUp() {
    serve(w1, 60, Duration.ofMillis(20));
    // Others send ten times as many for a minute, and we keep two there.
    dispatch(w1, 2);
    for (int i = 0; i < 600; i++) {
      report(w1, 2, 100);
      dispatch(w1, 1);
      ticker.advance(INTERVAL);
      complete(w1, 1, INTERVAL);
    }
    double longest = 0;
    for (int i = 0; i < 600; i++) {
      report(w1, 2, 10);
      dispatch(w1, 1);
      ticker.advance(INTERVAL);
      complete(w1, 1, INTERVAL);
      longest = Math.max(longest, tracker.of(w1).serviceTimeNanos(2, ticker.nanos()) / 1e6);
    }
    // Three of 10 per second are there for 300 ms.
    assertThat(longest).isBetween(200.0, 1_000.0);
  }

  /** One request after the other. */
  private void serve(Endpoint endpoint, int times, Duration latency) {
    for (int i = 0; i < times; i++) {
      dispatch(endpoint, 1);
      ticker.advance(latency);
      complete(endpoint, 1, latency);
    }
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

  private double millis(Endpoint endpoint, double inFlight) {
    return ExpectedLatency.OF_NEXT_REQUEST.with(
            inFlight, tracker.of(endpoint), endpoint.capacity(), ticker.nanos())
        / 1e6;
  }
}
