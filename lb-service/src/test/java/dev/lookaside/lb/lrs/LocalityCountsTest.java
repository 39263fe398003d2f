package dev.lookaside.lb.lrs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.load.Tally;
import dev.lookaside.xds.v3.ClusterStats;
import dev.lookaside.xds.v3.Locality;
import dev.lookaside.xds.v3.UpstreamLocalityStats;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LocalityCountsTest {

  @Test
  void errorsAtOneEndpointAreItsOwn() {
    assertThat(excess(stats("a", 0, 10), stats("b", 10, 0), stats("c", 10, 0)))
        .containsExactly(10L, 0L, 0L);
  }

  @Test
  void errorsEverywhereAreTheClients() {
    assertThat(excess(stats("a", 0, 10), stats("b", 0, 30), stats("c", 0, 20)))
        .containsExactly(0L, 0L, 0L);
  }

  @Test
  void onlyWhatIsMoreThanElsewhereCounts() {
    assertThat(excess(stats("a", 80, 20), stats("b", 90, 10), stats("c", 90, 10)))
        .containsExactly(10L, 0L, 0L);
  }

  @Test
  void whereThereIsNoOtherEndpointAllErrorsCount() {
    assertThat(excess(stats("a", 2, 8))).containsExactly(8L);
    assertThat(excess(stats("a", 2, 8), stats("b", 0, 4))).startsWith(8L);
  }

  @Test
  void theTallyHasNoLatencies() {
    LocalityCounts counts = LocalityCounts.of(cluster(stats("a", 2, 8))).get(0).orElseThrow();

    assertThat(counts.tally()).isEqualTo(new Tally(2, 8, 0, 0, 0, 0));
  }

  @Test
  void countsThatCannotBeAreLeftOutWithoutHarmToTheOthers() {
    List<Optional<LocalityCounts>> read =
        LocalityCounts.of(
            cluster(
                stats("a", -1, 0),
                stats("b", 1, Long.MAX_VALUE),
                stats("c", 0, 0).setTotalRequestsInProgress(100_001),
                stats("d", 0, 0).setTotalIssuedRequests(-5),
                stats("e", 7, 3)));

    assertThat(read).hasSize(5);
    assertThat(read.subList(0, 4)).containsOnly(Optional.empty());
    assertThat(read.get(4).orElseThrow().excess()).isEqualTo(3);
  }

  private static List<Long> excess(UpstreamLocalityStats.Builder... localities) {
    return LocalityCounts.of(cluster(localities)).stream()
        .map(counts -> counts.orElseThrow().excess())
        .toList();
  }

  private static ClusterStats cluster(UpstreamLocalityStats.Builder... localities) {
    ClusterStats.Builder cluster = ClusterStats.newBuilder().setClusterName("worker");
    List.of(localities).forEach(cluster::addUpstreamLocalityStats);
    return cluster.build();
  }

  private static UpstreamLocalityStats.Builder stats(String id, long ok, long errors) {
    return UpstreamLocalityStats.newBuilder()
        .setLocality(Locality.newBuilder().setSubZone(id))
        .setTotalSuccessfulRequests(ok)
        .setTotalErrorRequests(errors);
  }
}
