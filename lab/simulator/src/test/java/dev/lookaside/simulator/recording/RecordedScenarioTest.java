package dev.lookaside.simulator.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.lookaside.simulator.recording.Recording.Call;
import dev.lookaside.simulator.recording.Recording.Ending;
import dev.lookaside.simulator.recording.Recording.Worker;
import dev.lookaside.simulator.run.Measurements;
import dev.lookaside.simulator.run.Simulation;
import dev.lookaside.simulator.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Recordings of a service whose truth is known. Seed 1, about 6,000 calls each. */
class RecordedScenarioTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final double RATE = 100;

  @Test
  void aReplayUnderThePolicyThatRanComesToWhatWasMeasured() {
    Recording recording = truth().record("rr", MINUTE, Truth::rotation);

    agrees(replay(recording, "rr"), recording, 15);
  }

  @Test
  void aReplayUnderAnotherPolicyComesToWhatThatWouldHaveMeasured() {
    Recording recording = truth().record("rr", MINUTE, Truth::rotation);
    Recording other = truth().record("least", MINUTE, Truth::fewest);

    Measurements predicted = replay(recording, "least-request");

    // Who waited behind a large one counts as larger: a gain is told, and rather too small.
    assertThat(predicted.percentileMillis(99)).isLessThan(0.85 * figures(recording).p99Millis());
    agrees(predicted, other, 40);
  }

  @Test
  void aWorkerFailsAsManyOfItsCallsAsItDid() {
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < 4_000; i++) {
      Ending ending = i % 2 == 1 && i % 10 == 1 ? Ending.FAILED : Ending.SUCCEEDED;
      calls.add(new Call(i * 5_000_000L, 10_000_000, i % 2, ending, false));
    }
    Recording recording =
        new Recording(
            "worker", List.of("rr"), Duration.ofSeconds(20), 1, 0, workers("a", "b"), calls);

    Measurements replayed = replay(recording, "rr");

    assertThat(replayed.failedShare()).isCloseTo(0.1, within(0.02));
    assertThat(figures(recording).failedShare()).isCloseTo(0.1, within(0.001));
  }

  @Test
  void aWorkerThatNobodyCalledTakesAsLongAsTheOthers() {
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      calls.add(new Call(i * 10_000_000L, 7_000_000, 0, Ending.SUCCEEDED, false));
    }
    Recording recording =
        new Recording(
            "worker", List.of("first"), Duration.ofSeconds(10), 1, 0, workers("a", "b"), calls);

    Measurements replayed = replay(recording, "rr");

    assertThat(replayed.shares().busiest()).isCloseTo(1, within(0.01));
    assertThat(replayed.percentileMillis(99)).isCloseTo(7, within(0.1));
  }

  @Test
  void whatGoesBeyondWhatWasSeenIsSaid() {
    Recording recording = truth().record("rr", MINUTE, Truth::rotation);

    assertThat(replay(recording, "rr").beyondMeasuredShare()).isLessThan(0.02);
    assertThat(replay(recording, "first").beyondMeasuredShare()).isGreaterThan(0.2);
  }

  private static Truth truth() {
    return new Truth(new Random(1), RATE);
  }

  private static List<Worker> workers(String... ids) {
    return List.of(ids).stream().map(id -> new Worker(id, 1, 1, Double.NaN)).toList();
  }

  private static Measurements replay(Recording recording, String policy) {
    Scenario scenario = RecordedScenario.of(recording, 1);
    return new Simulation(scenario, policy, 1).run(done -> {});
  }

  private static RecordedFigures figures(Recording recording) {
    return RecordedFigures.of(recording, RecordedScenario.of(recording, 1).goodWithin());
  }

  private static void agrees(Measurements replayed, Recording truth, double percent) {
    RecordedFigures measured = figures(truth);
    var within = withPercentage(percent);
    assertThat(replayed.percentileMillis(50)).isCloseTo(measured.p50Millis(), within);
    assertThat(replayed.percentileMillis(99)).isCloseTo(measured.p99Millis(), within);
    assertThat(replayed.goodput()).isCloseTo(measured.goodput(), within);
    assertThat(replayed.shares().busiest()).isCloseTo(measured.busiest(), within);
  }
}
