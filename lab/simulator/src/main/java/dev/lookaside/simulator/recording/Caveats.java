package dev.lookaside.simulator.recording;

import dev.lookaside.simulator.recording.Recording.Call;
import dev.lookaside.simulator.recording.Recording.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What keeps a recording from being the whole truth, in lines for who reads the result. */
public final class Caveats {
  private static final double MOST_OF_THEM = 0.8;

  private Caveats() {}

  public static List<String> of(Recording recording) {
    List<String> lines = new ArrayList<>();
    if (recording.policies().size() > 1) {
      lines.add(
          "the policy was changed from "
              + recording.policies().get(0)
              + " to "
              + recording.policies().get(1)
              + " meanwhile: as recorded is neither");
    }
    if (recording.leftOut() > 0) {
      lines.add(recording.leftOut() + " calls were made that are not in the recording");
    }
    double reported =
        recording.workers().stream()
            .mapToDouble(Worker::inFlight)
            .filter(inFlight -> !Double.isNaN(inFlight))
            .sum();
    double recorded = InFlight.mean(recording);
    if (recorded < MOST_OF_THEM * reported) {
      lines.add(
          String.format(
              Locale.ROOT,
              "workers reported %.1f requests in flight, the recorded calls are %.1f: others called"
                  + " them too, through another balancer or without outcomes",
              reported,
              recorded));
    }
    long estimated = recording.calls().stream().filter(Call::isEstimated).count();
    if (estimated > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%.0f %% of the calls are known by counts only: their times are spread over about a"
                  + " second, their latencies right to about 10 %%",
              100.0 * estimated / recording.calls().size()));
    }
    for (Worker worker : recording.workers()) {
      if (worker.readyShare() < 1) {
        lines.add(
            String.format(
                Locale.ROOT,
                "%s could not be picked in %.0f %% of the time; in the replay it always can",
                worker.id(),
                100 * (1 - worker.readyShare())));
      }
    }
    return lines;
  }
}
