package dev.lookaside.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lookaside.core.load.LoadReport;
import dev.lookaside.v1.Balancing;
import dev.lookaside.v1.ClientStats;
import dev.lookaside.v1.EndpointStats;
import dev.lookaside.v1.LatencyHistogram;
import dev.lookaside.v1.LoadUpdate;
import dev.lookaside.v1.OutlierDetection;
import dev.lookaside.v1.RegistryView;
import dev.lookaside.v1.Terms;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever a peer sends is read as something that can be lived with, or not at all. */
class BoundsTest {
  private static final com.google.protobuf.Duration TEN_THOUSAND_YEARS =
      com.google.protobuf.Duration.newBuilder().setSeconds(315_576_000_000L).build();

  @Test
  void theLongestValidDurationFitsIntoNanoseconds() {
    assertThat(Durations.read(TEN_THOUSAND_YEARS, Durations.YEAR)).contains(Durations.YEAR);
    Balancing balancing =
        Balancing.newBuilder()
            .setSlowStart(TEN_THOUSAND_YEARS)
            .setOutlierDetection(
                OutlierDetection.newBuilder()
                    .setInterval(TEN_THOUSAND_YEARS)
                    .setBaseEjectionTime(TEN_THOUSAND_YEARS)
                    .setMaxEjectionTime(TEN_THOUSAND_YEARS)
                    .setConsecutiveErrors(1))
            .build();
    assertThat(BalancingCodec.read(balancing).slowStart().window().toNanos()).isPositive();
    assertThat(BalancingCodec.read(balancing).outliers().orElseThrow().interval())
        .isEqualTo(Durations.YEAR);
  }

  @Test
  void durationsThatAreNegativeOrMalformedAreNotRead() {
    assertThat(Durations.read(duration(-1, 0), Durations.YEAR)).isEmpty();
    assertThat(Durations.read(duration(0, -1), Durations.YEAR)).isEmpty();
    assertThat(Durations.read(duration(1, -1), Durations.YEAR)).isEmpty();
    assertThat(Durations.read(duration(0, 1_000_000_000), Durations.YEAR)).isEmpty();
    assertThat(Durations.read(duration(Long.MAX_VALUE, 0), Durations.YEAR))
        .contains(Durations.YEAR);
  }

  private static com.google.protobuf.Duration duration(long seconds, int nanos) {
    return com.google.protobuf.Duration.newBuilder().setSeconds(seconds).setNanos(nanos).build();
  }

  @Test
  void anAgeIsNeitherNegativeNorWithoutBound() {
    assertThat(ageOf(-4_000_000)).isEqualTo(0);
    assertThat(ageOf(Long.MAX_VALUE - 1_000_000)).isEqualTo(3_600_000);
    assertThat(ageOf(1_600_000)).isEqualTo(2);
  }

  private static int ageOf(long nanos) {
    LoadUpdate.Builder update = LoadUpdate.newBuilder();
    LoadCodec.add(update, 1, LoadValues.of(LoadReport.ofRequestsInFlight(1, 0)), nanos);
    return update.getAgeMillis(0);
  }

  @Test
  void anAgeThatWrappedOnTheWayIsOfAReportThatIsNew() {
    Map<Integer, LoadReport> read = new HashMap<>();

    LoadCodec.read(
        LoadUpdate.newBuilder().addNumbers(1).addAgeMillis((int) 4_294_967_292L).build(),
        5,
        read::put);

    assertThat(read.values()).extracting(LoadReport::takenAtNanos).containsExactly(5L);
  }

  @Test
  void aListThatIsEmptySaysNothingAndOneOfAnotherLengthIsRefused() {
    Map<Integer, LoadReport> read = new HashMap<>();

    LoadCodec.read(
        LoadUpdate.newBuilder()
            .addNumbers(1)
            .addNumbers(2)
            .addRequestsInFlight(3)
            .addRequestsInFlight(4)
            .build(),
        0,
        read::put);

    assertThat(read.values()).extracting(LoadReport::requestsInFlight).containsExactly(3.0, 4.0);
    assertThatThrownBy(() ->
            LoadCodec.read(
                LoadUpdate.newBuilder().addNumbers(1).addNumbers(2).addEpsMillis(1).build(),
                0,
                read::put))
        .hasMessage("eps_millis has 1 values (expected: 2, or none)");
  }

  @Test
  void aLatencyBeyondTheLastBucketIsInTheLast() {
    EndpointStats stats =
        StatsCodec.write(counts(Map.of(Status.Code.OK, 2L), Map.of(159, 1L))).toBuilder()
            .setLatency(
                LatencyHistogram.newBuilder()
                    .addBuckets(159)
                    .addCounts(1)
                    .addBuckets(-1)
                    .addCounts(1))
            .build();

    assertThat(StatsCodec.read(stats).orElseThrow().latencies())
        .containsExactly(Map.entry(159, 2L));
    assertThat(LatencyBuckets.of(Long.MAX_VALUE)).isEqualTo(159);
  }

  private static EndpointCounts counts(Map<Status.Code, Long> ended, Map<Integer, Long> latencies) {
    return new EndpointCounts(
        "x".repeat(128), "i".repeat(36), 1, 1, ended, latencies, Duration.ZERO);
  }

  @Test
  void aFullReportOfTenThousandEndpointsGoesInMessagesThatTheBalancerTakes() {
    Map<Status.Code, Long> ended = new HashMap<>();
    for (Status.Code code : Status.Code.values()) {
      ended.put(code, 1_000_000L);
    }
    Map<Integer, Long> latencies = new HashMap<>();
    for (int i = 0; i < LatencyBuckets.COUNT; i++) {
      latencies.put(i, 1_000L);
    }
    List<EndpointCounts> all =
        IntStream.range(0, 10_000).mapToObj(i -> counts(ended, latencies)).toList();

    List<ClientStats> messages = StatsCodec.write("worker", "me", Duration.ofSeconds(1), all);

    assertThat(messages)
        .hasSize(100)
        .allMatch(message -> message.getSerializedSize() <= StatsCodec.MAX_MESSAGE_BYTES);
    assertThat(messages.stream().mapToInt(ClientStats::getEndpointsCount).sum()).isEqualTo(10_000);
    assertThat(StatsCodec.write("worker", "me", Duration.ofSeconds(1), new ArrayList<>()))
        .isEmpty();
  }

  @Test
  void termsThatNoClientCouldKeepAreBounded() {
    SubscriptionTerms terms =
        TermsCodec.read(
            Terms.newBuilder()
                .setLoadInterval(TEN_THOUSAND_YEARS)
                .setLoadExpiry(TEN_THOUSAND_YEARS)
                .build());

    assertThat(terms.heartbeatInterval()).isEqualTo(Duration.ofMinutes(1));
    assertThat(terms.loadInterval()).contains(Duration.ofMinutes(1));
    assertThat(terms.loadExpiry()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void aViewThatNamesNoStateIsNone() {
    assertThat(ViewCodec.read(RegistryView.getDefaultInstance())).isEmpty();
    assertThat(
            ViewCodec.read(
                RegistryView.newBuilder().setRegistry("x".repeat(65)).setRevision(1).build()))
        .isEmpty();
  }

  @Test
  void aLoadOutlivesTwoRenewalsThatAreLateOrLost() {
    Duration own = Duration.ofMillis(300);
    for (long millis : new long[] {50, 100, 500, 1_000, 60_000}) {
      Duration interval = Duration.ofMillis(millis);
      SubscriptionTerms terms =
          SubscriptionTerms.of(Duration.ofSeconds(1), Optional.of(interval), own);

      assertThat(terms.loadExpiry())
          .isGreaterThanOrEqualTo(
              SubscriptionTerms.renewal(interval).multipliedBy(2).plus(interval));
    }
  }
}
