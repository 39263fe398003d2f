package dev.lookaside.simulator.recording;

import dev.lookaside.simulator.recording.Recording.Call;
import dev.lookaside.simulator.recording.Recording.Ending;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What was measured, by the same rules as what is simulated.
 *
 * @param goodput requests a second that succeeded in time
 * @param busiest calls of the busiest worker, as a factor of the mean
 * @param failedShare of the calls, 0 to 1
 */
public record RecordedFigures(
    double p50Millis, double p99Millis, double goodput, double busiest, double failedShare) {

  public static RecordedFigures of(Recording recording, Duration goodWithin) {
    List<Call> measured = recording.measured();
    long[] latencies =
        measured.stream()
            .filter(call -> call.ending() == Ending.SUCCEEDED)
            .mapToLong(Call::latencyNanos)
            .sorted()
            .toArray();
    double[] counts = new double[recording.workers().size()];
    measured.forEach(call -> counts[call.worker()]++);
    double mean = Arrays.stream(counts).average().orElse(0);
    long good = Arrays.stream(latencies).filter(l -> l <= goodWithin.toNanos()).count();
    double seconds = recording.duration().minus(recording.warmUp()).toNanos() / 1e9;
    return new RecordedFigures(
        percentileMillis(latencies, 50),
        percentileMillis(latencies, 99),
        good / seconds,
        mean == 0 ? 1 : Arrays.stream(counts).max().orElse(0) / mean,
        measured.isEmpty() ? 0 : 1 - (double) latencies.length / measured.size());
  }

  private static double percentileMillis(long[] sorted, double percentile) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(percentile / 100 * sorted.length);
    return sorted[Math.max(0, rank - 1)] / 1e6;
  }
}
