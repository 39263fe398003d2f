package dev.lookaside.core.load;

import static dev.lookaside.core.policy.Endpoints.SERVICE;
import static dev.lookaside.core.policy.Endpoints.endpoint;
import static dev.lookaside.core.policy.Endpoints.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.EndpointLoad.Known;
import dev.lookaside.core.load.EndpointLoad.Reported;
import dev.lookaside.core.load.EndpointLoad.Unknown;
import dev.lookaside.core.time.ManualTicker;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LiveLoadTest {
  private static final Duration EXPIRATION = Duration.ofMillis(300);
  private static final Duration LATENCY = Duration.ofMillis(20);

  private final ManualTicker ticker = new ManualTicker();
  private final TrackerSettings settings = TrackerSettings.expiringReportsAfter(EXPIRATION);
  private final LoadTracker tracker = new LoadTracker(settings, ticker);
  private final Endpoint w1 = endpoint("w1");
  private final LiveLoad load = tracked();

  private LiveLoad tracked() {
    tracker.update(table("w1"));
    return tracker.of(w1);
  }

  @Test
  void outcomesAloneMakeTheLoadKnown() {
    load.dispatched();
    load.dispatched();
    load.dispatched();
    complete(Completion.succeeded(LATENCY));
    assertThat(known().expectedRequestsInFlight(ticker.nanos())).isEqualTo(2);
  }

  @Test
  void outcomesThatStoppedComingMakeItUnknownAgain() {
    load.dispatched();
    complete(Completion.succeeded(LATENCY));
    ticker.advance(settings.outcomeTimeout().plusNanos(1));
    assertThat(load.at(ticker.nanos())).isSameAs(Unknown.INSTANCE);
  }

  @Test
  void aReportThatIsBelievedGoesBeforeOutcomes() {
    complete(Completion.succeeded(LATENCY));
    report(7, 0);
    assertThat(known()).isInstanceOf(Reported.class);
    assertThat(known().expectedRequestsInFlight(ticker.nanos())).isEqualTo(7);
    ticker.advance(EXPIRATION.plusNanos(1));
    assertThat(known().expectedRequestsInFlight(ticker.nanos())).isZero();
  }

  @Test
  void latencyIsUnknownUntilSomethingIsHeard() {
    assertThat(load.latencies().meanNanos(ticker.nanos())).isNaN();
    assertThat(load.latencies().peakNanos(ticker.nanos())).isNaN();
  }

  @Test
  void latencyComesFromLittlesLawWhenNoClientTells() {
    report(8, 400);
    assertThat(load.latencies().meanNanos(ticker.nanos())).isCloseTo(20e6, within(1.0));
    assertThat(load.latencies().peakNanos(ticker.nanos())).isCloseTo(20e6, within(1.0));
  }

  @Test
  void whatClientsSawGoesBeforeLittlesLaw() {
    report(8, 400);
    complete(Completion.succeeded(Duration.ofMillis(50)));
    assertThat(load.latencies().meanNanos(ticker.nanos())).isCloseTo(50e6, within(1.0));
  }

  @Test
  void failingFastDoesNotLookFast() {
    complete(Completion.succeeded(LATENCY));
    for (int i = 0; i < 100; i++) {
      complete(Completion.failed(Duration.ofNanos(1)));
    }
    assertThat(load.latencies().meanNanos(ticker.nanos())).isCloseTo(20e6, within(1.0));
    assertThat(load.latencies().peakNanos(ticker.nanos())).isCloseTo(20e6, within(1.0));
  }

  @Test
  void failingSlowlyLooksSlow() {
    complete(Completion.succeeded(LATENCY));
    complete(Completion.failed(Duration.ofSeconds(5)));
    assertThat(load.latencies().peakNanos(ticker.nanos())).isEqualTo(5e9);
    assertThat(load.latencies().meanNanos(ticker.nanos())).isGreaterThan(1e9);
  }

  @Test
  void theErrorShareLeavesCancellationsOut() {
    complete(Completion.succeeded(LATENCY));
    complete(Completion.failed(LATENCY));
    complete(Completion.cancelled(LATENCY));
    assertThat(load.failures().errorShare()).isEqualTo(0.5);
    assertThat(load.failures().outcomes(ticker.nanos())).isEqualTo(2);
  }

  @Test
  void consecutiveErrorsEndWithASuccessAndNotWithACancellation() {
    complete(Completion.failed(LATENCY));
    complete(Completion.failed(LATENCY));
    complete(Completion.cancelled(LATENCY));
    assertThat(load.failures().inARow()).isEqualTo(2);
    complete(Completion.succeeded(LATENCY));
    assertThat(load.failures().inARow()).isZero();
  }

  @Test
  void ownRequestsInFlightOutliveAReport() {
    load.dispatched();
    report(9, 0);
    load.dispatched();
    assertThat(load.ownRequestsInFlight(ticker.nanos())).isEqualTo(2);
  }

  @Test
  void aCancellationAtOnceOnlyEndsTheRequest() {
    load.dispatched();
    complete(Completion.cancelled(Duration.ZERO));
    assertThat(load.ownRequestsInFlight(ticker.nanos())).isZero();
    assertThat(load.latencies().meanNanos(ticker.nanos())).isNaN();
    assertThat(load.failures().outcomes(ticker.nanos())).isZero();
  }

  @Test
  void refusesALatencyBelowZero() {
    assertThatThrownBy(() -> Completion.succeeded(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("latency is -1ms (expected: not negative)");
  }

  private void complete(Completion completion) {
    assertThat(tracker.completed(SERVICE, "w1", "", completion)).isTrue();
  }

  private void report(double inFlight, double rps) {
    tracker.reported(w1, new LoadReport(0, 0, 0, rps, 0, inFlight, Map.of(), ticker.nanos()));
  }

  private Known known() {
    return (Known) load.at(ticker.nanos());
  }
}
