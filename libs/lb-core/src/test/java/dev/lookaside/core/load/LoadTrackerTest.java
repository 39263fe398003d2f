package dev.lookaside.core.load;

import static dev.lookaside.core.policy.Endpoints.SERVICE;
import static dev.lookaside.core.policy.Endpoints.endpoint;
import static dev.lookaside.core.policy.Endpoints.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.EndpointLoad.Reported;
import dev.lookaside.core.load.EndpointLoad.Unknown;
import dev.lookaside.core.time.ManualTicker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LoadTrackerTest {
  private static final Duration EXPIRATION = Duration.ofMillis(300);

  private final ManualTicker ticker = new ManualTicker();
  private final LoadTracker tracker =
      new LoadTracker(TrackerSettings.expiringReportsAfter(EXPIRATION), ticker);
  private final Endpoint w1 = endpoint("w1").withIncarnation("a");

  @BeforeEach
  void track() {
    tracker.update(EndpointTable.of(SERVICE, 1, List.of(w1)));
  }

  @Test
  void loadIsUnknownUntilTheFirstReport() {
    assertThat(tracker.of(w1).at(ticker.nanos())).isSameAs(Unknown.INSTANCE);
  }

  @Test
  void expectsWhatWasReportedPlusDispatchedMinusCompleted() {
    report(w1, 4);
    tracker.of(w1).dispatched();
    tracker.of(w1).dispatched();
    completed("a");
    assertThat(reported(w1).expectedRequestsInFlight(ticker.nanos())).isEqualTo(5);
  }

  @Test
  void neverExpectsLessThanNothing() {
    report(w1, 0);
    completed("a");
    assertThat(reported(w1).expectedRequestsInFlight(ticker.nanos())).isZero();
  }

  @Test
  void aNewReportStartsItsOwnCounts() {
    report(w1, 4);
    tracker.of(w1).dispatched();
    report(w1, 5);
    assertThat(reported(w1).expectedRequestsInFlight(ticker.nanos())).isEqualTo(5);
    assertThat(reported(w1).dispatchedSince()).isZero();
  }

  @Test
  void requestsOnTheirWayAreInFlightWhateverTheEndpointReports() {
    tracker.of(w1).dispatched();
    tracker.of(w1).dispatched();
    report(w1, 0);
    assertThat(reported(w1).expectedRequestsInFlight(ticker.nanos())).isEqualTo(2);
  }

  @Test
  void whatIsNotHeardOfForTwoSecondsIsNotOnItsWay() {
    tracker.of(w1).dispatched();
    ticker.advance(Duration.ofSeconds(2));
    report(w1, 0);
    assertThat(reported(w1).expectedRequestsInFlight(ticker.nanos())).isZero();
  }

  @Test
  void whereClientsTellNothingTheReportIsBelieved() {
    for (int i = 0; i < 100; i++) {
      tracker.of(w1).dispatched();
      report(w1, 0);
    }
    assertThat(reported(w1).expectedRequestsInFlight(ticker.nanos())).isZero();
  }

  @Test
  void aReportIsBelievedUntilItExpiresAndNoLonger() {
    report(w1, 4);
    ticker.advance(EXPIRATION);
    assertThat(tracker.of(w1).at(ticker.nanos())).isInstanceOf(Reported.class);
    ticker.advance(Duration.ofNanos(1));
    assertThat(tracker.of(w1).at(ticker.nanos())).isSameAs(Unknown.INSTANCE);
  }

  @Test
  void aNewIncarnationStartsUnknown() {
    report(w1, 4);
    Endpoint next = w1.withIncarnation("b");
    tracker.update(EndpointTable.of(SERVICE, 2, List.of(next)));
    assertThat(tracker.of(next).at(ticker.nanos())).isSameAs(Unknown.INSTANCE);
    assertThat(completed("a")).isFalse();
  }

  @Test
  void askingForAnotherIncarnationChangesNothing() {
    report(w1, 4);
    assertThat(tracker.of(w1.withIncarnation("old")).at(ticker.nanos())).isSameAs(Unknown.INSTANCE);
    assertThat(reported(w1).expectedRequestsInFlight(ticker.nanos())).isEqualTo(4);
  }

  @Test
  void aReportOfAnEndpointThatIsGoneIsNotKept() {
    tracker.update(EndpointTable.empty(SERVICE));
    report(w1, 4);
    assertThat(tracker.of(w1).at(ticker.nanos())).isSameAs(Unknown.INSTANCE);
    assertThat(tracker.find(SERVICE, "w1", "a")).isEmpty();
  }

  @Test
  void anEndpointThatStaysKeepsItsLoad() {
    report(w1, 4);
    tracker.update(EndpointTable.of(SERVICE, 2, List.of(w1, endpoint("w2"))));
    assertThat(reported(w1).expectedRequestsInFlight(ticker.nanos())).isEqualTo(4);
  }

  @Test
  void aCompletionOfAnotherIncarnationIsNotCounted() {
    report(w1, 4);
    assertThat(completed("b")).isFalse();
    assertThat(reported(w1).completedSince()).isZero();
  }

  @Test
  void anEndpointThatLeftTheTableIsForgotten() {
    report(w1, 4);
    tracker.update(table("w2"));
    assertThat(completed("a")).isFalse();
  }

  @Test
  void anotherServicesTableForgetsNothing() {
    report(w1, 4);
    tracker.update(EndpointTable.empty("other"));
    assertThat(completed("a")).isTrue();
  }

  private boolean completed(String incarnation) {
    return tracker.completed(
        SERVICE, "w1", incarnation, Completion.succeeded(Duration.ofMillis(20)));
  }

  private void report(Endpoint endpoint, double requestsInFlight) {
    tracker.reported(endpoint, LoadReport.ofRequestsInFlight(requestsInFlight, ticker.nanos()));
  }

  private Reported reported(Endpoint endpoint) {
    return (Reported) tracker.of(endpoint).at(ticker.nanos());
  }
}
