package dev.lookaside.lb.lrs;

import dev.lookaside.core.load.Tally;
import dev.lookaside.xds.v3.ClusterStats;
import dev.lookaside.xds.v3.UpstreamLocalityStats;
import java.util.List;
import java.util.Optional;

/**
 * What one client did to one endpoint since its last report. The locality says which: its sub-zone
 * is the endpoint's id.
 *
 * @param excess errors beyond what the client saw at all other endpoints in the same time
 */
record LocalityCounts(
    String endpointId, long succeeded, long errors, long excess, long inProgress, long issued) {

  /** What one process has no use for. */
  private static final long MOST = 1_000_000_000;

  private static final long MOST_IN_PROGRESS = 100_000;

  /** So few calls to the others say nothing of them. */
  private static final long FEW = 5;

  /**
   * The counts of each locality of a cluster; empty for one that cannot be.
   *
   * <p>For LRS every status but OK is an error, be it the caller's own mistake, such as NOT_FOUND.
   * What a client meets everywhere is its own doing: only what it meets at this endpoint more often
   * than at the others is held against it.
   */
  static List<Optional<LocalityCounts>> of(ClusterStats cluster) {
    long errors = 0;
    long ended = 0;
    for (UpstreamLocalityStats each : cluster.getUpstreamLocalityStatsList()) {
      if (canBe(each)) {
        errors += each.getTotalErrorRequests();
        ended += each.getTotalErrorRequests() + each.getTotalSuccessfulRequests();
      }
    }
    long allErrors = errors;
    long allEnded = ended;
    return cluster.getUpstreamLocalityStatsList().stream()
        .map(each ->
            Optional.of(each)
                .filter(LocalityCounts::canBe)
                .map(it -> read(it, allErrors, allEnded)))
        .toList();
  }

  private static LocalityCounts read(UpstreamLocalityStats stats, long allErrors, long allEnded) {
    long succeeded = stats.getTotalSuccessfulRequests();
    long errors = stats.getTotalErrorRequests();
    long others = allEnded - succeeded - errors;
    double usual = others < FEW ? 0 : (double) (allErrors - errors) / others;
    return new LocalityCounts(
        stats.getLocality().getSubZone(),
        succeeded,
        errors,
        Math.max(0, errors - Math.round(usual * (succeeded + errors))),
        stats.getTotalRequestsInProgress(),
        stats.getTotalIssuedRequests());
  }

  private static boolean canBe(UpstreamLocalityStats stats) {
    return canBe(stats.getTotalSuccessfulRequests())
        && canBe(stats.getTotalErrorRequests())
        && canBe(stats.getTotalIssuedRequests())
        && canBe(stats.getTotalRequestsInProgress())
        && stats.getTotalRequestsInProgress() <= MOST_IN_PROGRESS;
  }

  private static boolean canBe(long count) {
    return count >= 0 && count <= MOST;
  }

  /** How many calls the client made at least. */
  long calls() {
    return Math.max(issued, succeeded + errors);
  }

  int inProgressNow() {
    return (int) inProgress;
  }

  /** How fast they were LRS does not tell. */
  Tally tally() {
    return new Tally(succeeded, excess, 0, 0, 0, 0);
  }
}
