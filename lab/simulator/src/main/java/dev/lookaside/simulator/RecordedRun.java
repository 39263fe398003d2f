package dev.lookaside.simulator;

import dev.lookaside.core.policy.Policies;
import dev.lookaside.simulator.recording.RecordedScenario;
import dev.lookaside.simulator.recording.Recording;
import dev.lookaside.simulator.recording.RecordingFile;
import dev.lookaside.simulator.report.Campaign;
import dev.lookaside.simulator.report.ReplayReport;
import dev.lookaside.simulator.scenario.ScenarioPoint;
import dev.lookaside.simulator.strategy.Strategies;
import dev.lookaside.simulator.trace.TraceException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Replays a recording of a live service.
 *
 * @param policies to replay it under; empty: the one that picked, then all that need no key
 * @param seeds how many
 * @param err for the progress
 */
record RecordedRun(Path file, List<String> policies, int seeds, int threads, PrintWriter err) {
  static final int USUAL_SEEDS = 5;

  /** Only requests with keys tell it from others, and recordings have none. */
  private static final String BY_KEY = "hash";

  /** The table. */
  String table() throws TraceException, InterruptedException {
    Recording recording = new RecordingFile(file).read();
    List<ScenarioPoint> points =
        List.of(new ScenarioPoint("", "", RecordedScenario.of(recording, seeds)));
    Campaign campaign = new Campaign(points, strategies(recording.policy()), seeds);
    try (Terminal terminal = Terminal.follow(campaign.expectedRequests(), err)) {
      return ReplayReport.of(campaign.run(Math.max(1, threads), terminal), recording);
    }
  }

  /** The policy that picked comes first, if it is one that can be replayed. */
  private List<String> strategies(String picked) {
    if (!policies.isEmpty()) {
      policies.forEach(RecordedRun::requireNoBound);
      return policies.stream().distinct().toList();
    }
    return Stream.concat(
            Stream.of(picked).filter(name -> Strategies.names().contains(name)),
            Policies.names().stream().filter(name -> !name.equals(BY_KEY)))
        .distinct()
        .toList();
  }

  private static void requireNoBound(String name) {
    Strategies.requireKnown(name);
    if (Strategies.knowsCores(name)) {
      throw new IllegalArgumentException(
          "--policies: policy is '"
              + name
              + "' (expected: none that knows the cores of servers, which no recording tells)");
    }
  }
}
