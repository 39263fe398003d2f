package dev.lookaside.trials.fairness;

import dev.lookaside.trials.load.LoadResult;
import java.util.List;

/**
 * What one run of one policy gave.
 *
 * @param busiest what the busiest worker did, as a factor of the mean; one that was never called
 *     counts as well
 * @param worstWindow the same in the worst five seconds
 */
record Run(double busiest, double worstWindow, double p99Millis, double failed) {

  static Run of(LoadResult load, List<String> workers) {
    double most = workers.stream().mapToDouble(id -> load.worker(id, "done")).max().orElse(0);
    return new Run(
        most * workers.size() / Math.max(1, load.all("done")),
        load.run("busiest_over_mean_worst_5s"),
        load.all("p99_ms"),
        load.all("failed"));
  }
}
