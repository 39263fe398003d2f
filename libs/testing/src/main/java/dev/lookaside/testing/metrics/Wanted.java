package dev.lookaside.testing.metrics;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A metric as a query names it, with every label that it selects or groups by.
 *
 * @param where the query
 */
public record Wanted(String metric, Set<String> labels, String where) {
  private static final Pattern OF_WORKERS =
      Pattern.compile("lookaside_(tasks?|lease|computations|requests_in_flight)(_.*)?");

  /** Labels that workers have by the balancer's list of what to scrape. */
  private static final Set<String> OF_TARGETS = Set.of("service", "worker");

  /** Whether a worker exports it, not a balancer. */
  public boolean isOfWorkers() {
    return OF_WORKERS.matcher(metric).matches();
  }

  /** Without the labels that Prometheus adds to what it reads from a worker. */
  public Wanted atWorker() {
    Set<String> own = new TreeSet<>(labels);
    own.removeAll(OF_TARGETS);
    return new Wanted(metric, own, where);
  }
}
