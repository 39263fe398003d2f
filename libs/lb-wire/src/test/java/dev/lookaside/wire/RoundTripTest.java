package dev.lookaside.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.balancer.OutlierSettings;
import dev.lookaside.core.balancer.TrafficSettings;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.LoadReport;
import dev.lookaside.v1.EndpointHealth;
import dev.lookaside.v1.LoadUpdate;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Whatever one side writes, the other reads: every component of every record. A component that is
 * added to one of them, and not to the messages, fails here.
 */
class RoundTripTest {
  private static final long SEED = 20_260_729;

  private final RandomGenerator random = new Random(SEED);

  private static RandomRecords records(Map<Class<?>, Map<String, Object>> fixed) {
    return new RandomRecords(SEED, fixed);
  }

  @Test
  void everySettingOfAServiceReachesItsSubscribers() {
    // How many clients must agree is for balancers: a subscriber believes what it sees itself.
    int clients = OutlierSettings.defaults().minimumClients();
    RandomRecords records =
        records(Map.of(OutlierSettings.class, Map.of("minimumClients", clients)));
    RoundTrips.check(
        () -> records.next(TrafficSettings.class),
        traffic -> BalancingCodec.read(BalancingCodec.write("rr", traffic)),
        Set.of("TrafficSettings.outliers.minimumClients"));
  }

  @Test
  void everythingAboutAnEndpointReachesItsSubscribers() {
    RandomRecords records =
        records(
            Map.of(
                Endpoint.class,
                // Of what else it registered, only the authority is for clients.
                Map.of("service", "worker", "attributes", Map.of(Authority.ATTRIBUTE, "a.example")),
                Address.class,
                Map.of("host", "w-1.example")));
    RoundTrips.check(
        () -> records.next(Endpoint.class),
        endpoint ->
            TableCodec.read(
                "worker", TableCodec.write(7, endpoint, EndpointHealth.ENDPOINT_HEALTH_HEALTHY)),
        Set.of("Endpoint.service", "Endpoint.attributes", "Endpoint.address.host"));
  }

  @Test
  void everyLoadThatPoliciesGoByReachesSubscribers() {
    RandomRecords records =
        // No policy goes by memory, or by any other metric.
        records(Map.of(LoadReport.class, Map.of("memUtilization", 0.0, "namedMetrics", Map.of())));
    RoundTrips.check(
        () -> inWholes(records.next(LoadReport.class)),
        RoundTripTest::throughAnUpdate,
        Set.of("LoadReport.memUtilization"));
  }

  /** Requests in flight are told in whole numbers, ages in whole milliseconds. */
  private LoadReport inWholes(LoadReport report) {
    return new LoadReport(
        report.cpuUtilization(),
        report.memUtilization(),
        report.applicationUtilization(),
        Math.rint(report.rpsFractional() * 1e9),
        report.eps(),
        random.nextInt(1_000_000),
        random.nextBoolean()
            ? Map.of()
            : Map.of(LoadReport.MEAN_REQUESTS_IN_FLIGHT, random.nextInt(1_000_000) / 1e3),
        random.nextInt(3_600_000) * 1_000_000L);
  }

  private static LoadReport throughAnUpdate(LoadReport report) {
    long now = 3_600_000_000_000L;
    LoadUpdate.Builder update = LoadUpdate.newBuilder();
    LoadCodec.add(update, 3, LoadValues.of(LoadReport.ofRequestsInFlight(1, now)), 0);
    LoadCodec.add(update, 7, LoadValues.of(report), now - report.takenAtNanos());
    LoadCodec.add(update, 9, LoadValues.of(LoadReport.ofRequestsInFlight(1, now)), 0);
    Map<Integer, LoadReport> read = new HashMap<>();
    LoadCodec.read(update.build(), now, read::put);
    assertThat(read).containsOnlyKeys(3, 7, 9);
    return Objects.requireNonNull(read.get(7));
  }

  @Test
  void everythingThatAClientCountsReachesTheBalancer() {
    RoundTrips.check(
        this::counts, counts -> StatsCodec.read(StatsCodec.write(counts)).orElseThrow(), Set.of());
  }

  private EndpointCounts counts() {
    Map<Status.Code, Long> ended = new HashMap<>();
    for (Status.Code code : Status.Code.values()) {
      if (random.nextBoolean()) {
        ended.put(code, random.nextLong(1, 1_000_000));
      }
    }
    Map<Integer, Long> latencies = new HashMap<>();
    // Without a latency there is no histogram, and no sum in it.
    long left = ended.merge(Status.Code.OK, 1L, Long::sum);
    while (left > 0) {
      long some = random.nextLong(1, left + 1);
      latencies.merge(random.nextInt(LatencyBuckets.COUNT), some, Long::sum);
      left -= some;
    }
    return new RandomRecords(
            random.nextLong(),
            Map.of(
                EndpointCounts.class,
                Map.of(
                    "issued", random.nextLong(1_000_000), "ended", ended, "latencies", latencies)))
        .next(EndpointCounts.class);
  }

  @Test
  void allTermsReachTheSubscriber() {
    RandomRecords records = records(Map.of());
    List<SubscriptionTerms> sane = new ArrayList<>();
    while (sane.size() < 500) {
      SubscriptionTerms drawn = records.next(SubscriptionTerms.class);
      boolean isSane =
          drawn.heartbeatInterval().toMillis() >= 50
              && drawn.loadExpiry().toMillis() >= 50
              && drawn.loadInterval().stream().allMatch(interval -> interval.toMillis() >= 50);
      if (isSane) {
        sane.add(drawn);
      }
    }
    RoundTrips.check(
        () -> sane.remove(sane.size() - 1),
        terms -> TermsCodec.read(TermsCodec.write(terms)),
        Set.of());
  }

  @Test
  void theViewOfTheRegistryReachesTheSubscriber() {
    RandomRecords records = records(Map.of());
    RoundTrips.check(
        () -> records.next(SyncedView.class),
        view -> ViewCodec.read(ViewCodec.write(view)).orElseThrow(),
        Set.of());
  }
}
