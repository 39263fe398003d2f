package dev.lookaside.lb.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.EndpointLoad.Reported;
import dev.lookaside.core.load.LoadReport;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.load.TrackerSettings;
import dev.lookaside.core.time.ManualTicker;
import dev.lookaside.v1.EndpointHealth;
import dev.lookaside.v1.SubscribeResponse;
import dev.lookaside.v1.TableEndpoint;
import dev.lookaside.wire.LoadCodec;
import dev.lookaside.wire.SubscriptionTerms;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadLogTest {
  private static final Endpoint ENDPOINT = Endpoint.of("worker", "w1", new Address("127.0.0.1", 1));
  private static final Duration OWN_EXPIRY = Duration.ofMillis(300);

  private final ManualTicker ticker = new ManualTicker();
  private final LoadTracker balancer = tracker(OWN_EXPIRY);
  private final TableLog.Row row =
      new TableLog.Row(
          1,
          ENDPOINT,
          EndpointHealth.ENDPOINT_HEALTH_HEALTHY,
          balancer.of(ENDPOINT),
          TableEndpoint.getDefaultInstance(),
          1,
          1,
          1);

  private LoadTracker tracker(Duration expiry) {
    LoadTracker loads = new LoadTracker(TrackerSettings.expiringReportsAfter(expiry), ticker);
    loads.update(EndpointTable.of("worker", 1, List.of(ENDPOINT)));
    return loads;
  }

  private void report(double inFlight) {
    balancer.reported(ENDPOINT, LoadReport.ofRequestsInFlight(inFlight, ticker.nanos()));
  }

  /** An endpoint that reports the same every 100 ms, over a minute. */
  @ParameterizedTest
  @ValueSource(ints = {50, 100, 200, 300, 500, 1_000, 2_000})
  void aLoadThatIsSteadyIsBelievedAllTheTime(int intervalMillis) {
    Duration interval = Duration.ofMillis(intervalMillis);
    LoadLog log = new LoadLog(interval);
    LoadTracker client =
        tracker(
            SubscriptionTerms.of(Subscriptions.HEARTBEAT, Optional.of(interval), OWN_EXPIRY)
                .loadExpiry());
    long moment = LoadLog.NOTHING;
    int unknown = 0;
    for (int ms = 0; ms < 60_000; ms++) {
      ticker.advance(Duration.ofMillis(1));
      if (ms % 100 == 37) {
        report(40);
      }
      if (ms % intervalMillis == 0) {
        log.read(List.of(row), ticker.nanos());
        log.since(moment).ifPresent(update -> hear(client, update));
        moment = log.moment();
      }
      boolean isKnown = client.of(ENDPOINT).at(ticker.nanos()) instanceof Reported;
      unknown += ms > 2 * intervalMillis + 100 && !isKnown ? 1 : 0;
    }
    assertThat(unknown).isEqualTo(0);
  }

  private void hear(LoadTracker client, EncodedUpdate update) {
    try {
      LoadCodec.read(
          SubscribeResponse.parseFrom(update.bytes()).getLoads(),
          ticker.nanos(),
          (number, report) -> client.reported(ENDPOINT, report));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aReportThatSaysTheSameIsSentAgainOnlyWhenItIsToBeRenewed() {
    LoadLog log = new LoadLog(Duration.ofMillis(100));
    int sent = 0;
    long moment = LoadLog.NOTHING;
    for (int i = 0; i < 100; i++) {
      ticker.advance(Duration.ofMillis(100));
      report(40);
      log.read(List.of(row), ticker.nanos());
      sent += log.since(moment).isPresent() ? 1 : 0;
      moment = log.moment();
    }
    assertThat(sent).isEqualTo(10);
  }
}
