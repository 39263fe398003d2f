package dev.lookaside.core.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.endpoint.Incarnation;
import dev.lookaside.core.load.LiveLoad;
import dev.lookaside.core.load.LoadReport;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.load.TrackerSettings;
import dev.lookaside.core.time.ManualTicker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightControllerTest {
  private static final Incarnation A = new Incarnation("a", "1");
  private static final Incarnation B = new Incarnation("b", "1");

  private final WeightController controller = new WeightController(ControlSettings.defaults());

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5})
  void bringsEndpointsOfSpeedsOneTwoFourTogetherWithinThirtySteps(int delay) {
    Plant plant = Plant.unequal(Plant.PROPORTIONAL, delay);
    assertThat(plant.imbalance()).isGreaterThan(1.7);

    step(plant, 30);

    assertThat(plant.imbalance()).isLessThan(1.05);
  }

  @Test
  void neverSwingsThoughReportsAreFiveIntervalsLate() {
    Plant plant = Plant.unequal(Plant.PROPORTIONAL, 5);
    double before = Double.MAX_VALUE;

    for (int i = 0; i < 100; i++) {
      plant.step();
      assertThat(plant.imbalance()).as("step %d", i).isLessThanOrEqualTo(before + 0.01);
      before = plant.imbalance();
    }

    assertThat(before).isLessThan(1.02);
  }

  /** Two thirds more of a rate that fills a queue are many times the utilization. */
  @Test
  void comesToRestWhereQueuesAnswerSteeplyAndLate() {
    Plant plant = Plant.unequal(Plant.QUEUE, 5);
    step(plant, 80);

    double worst = 1;
    for (int i = 0; i < 40; i++) {
      plant.step();
      worst = Math.max(worst, plant.imbalance());
    }

    assertThat(worst).isLessThan(1.1);
  }

  @Test
  void followsAnEndpointThatLosesHalfItsSpeed() {
    Plant plant = Plant.unequal(Plant.PROPORTIONAL, 1);
    step(plant, 60);

    plant.speed(2, 2);
    step(plant, 60);

    assertThat(plant.imbalance()).isLessThan(1.05);
    assertThat(plant.weight(2)).isCloseTo(plant.weight(1), within(0.1));
  }

  @Test
  void weightsStayWhileNothingNewIsReported() {
    ControlledWeights before = step(step(ControlledWeights.NONE, 0.9, 1), 0.9, 2);
    ControlledWeights again = step(before, 0.9, 2);
    ControlledWeights silent =
        controller.step(
            before,
            List.of(
                new Controlled(A, 1, Optional.empty()), new Controlled(B, 1, Optional.empty())));

    assertThat(again.of(A)).isEqualTo(before.of(A));
    assertThat(silent.of(A)).isEqualTo(before.of(A));
  }

  @Test
  void nothingMovesInsideTheDeadBand() {
    ControlledWeights weights = ControlledWeights.NONE;
    for (int i = 0; i < 100; i++) {
      weights = step(weights, 0.505, i);
    }

    assertThat(weights.of(A)).isEqualTo(1);
    assertThat(weights.of(B)).isEqualTo(1);
  }

  @Test
  void nothingMovesWhileTheFleetIsAllButIdle() {
    ControlledWeights weights =
        controller.step(ControlledWeights.NONE, List.of(told(A, 0.02, 1, 1), told(B, 0.001, 1, 1)));

    assertThat(weights.of(A)).isEqualTo(1);
  }

  @Test
  void aStepAndAWeightAreBounded() {
    ControlledWeights weights = ControlledWeights.NONE;
    double before = 1;
    for (int i = 0; i < 500; i++) {
      // However little b gets, it is overloaded by something else.
      weights = controller.step(weights, List.of(told(A, 0.2, 100, i), told(B, 9, 1e-6, i)));
      assertThat(weights.of(B)).isGreaterThanOrEqualTo(before / 2 / 2);
      before = weights.of(B);
    }

    assertThat(weights.of(B)).isCloseTo(0.01, within(1e-9));
  }

  @Test
  void anEndpointThatReportsNonsenseMovesOnlyItsOwnWeight() {
    Incarnation liar = new Incarnation("liar", "1");
    ControlledWeights weights = ControlledWeights.NONE;
    for (int i = 0; i < 50; i++) {
      weights =
          controller.step(
              weights,
              List.of(
                  told(A, 0.5 * weights.of(A), weights.of(A), i),
                  told(B, 0.25 * weights.of(B), weights.of(B), i),
                  told(liar, 1e9, weights.of(liar), i)));
    }

    assertThat(weights.of(liar)).isLessThan(0.1);
    assertThat(weights.of(B) / weights.of(A)).isCloseTo(2, within(0.1));
  }

  @Test
  void whoComesGetsTheWeightOfItsCapacityAndWhoGoesTakesNothingAlong() {
    Plant plant = Plant.unequal(Plant.PROPORTIONAL, 0);
    step(plant, 60);
    double slowest = plant.weight(0) / plant.weight(2);

    plant.add(2);
    step(plant, 1);

    assertThat(plant.weight(0) / plant.weight(2)).isCloseTo(slowest, within(0.06));
    assertThat(plant.weight(3)).isBetween(plant.weight(0), plant.weight(2));
    step(plant, 29);
    assertThat(plant.imbalance()).isLessThan(1.05);
  }

  @Test
  void theFirstGuessIsTheCapacity() {
    ControlledWeights weights =
        controller.step(
            ControlledWeights.NONE,
            List.of(
                new Controlled(A, 1, Optional.empty()), new Controlled(B, 3, Optional.empty())));

    assertThat(weights.of(A)).isEqualTo(0.5);
    assertThat(weights.of(B)).isEqualTo(1.5);
    assertThat(weights.of(new Incarnation("b", "2"))).isEqualTo(1);
  }

  @Test
  void endpointsThatDoNotSayTheirRateAreLevelledSlowly() {
    ControlledWeights weights = ControlledWeights.NONE;
    for (int i = 0; i < 100; i++) {
      weights =
          controller.step(
              weights, List.of(told(A, weights.of(A), 0, i), told(B, 0.5 * weights.of(B), 0, i)));
    }

    assertThat(weights.of(B) / weights.of(A)).isCloseTo(2, within(0.1));
  }

  @Test
  void aReadingIsTheLargerOfCpuAndOfRequestsByCapacity() {
    LoadReport busy = new LoadReport(0.7, 0, 0, 20, 0, 1, Map.of(), 3);
    LoadReport queueing =
        new LoadReport(0.7, 0, 0, 20, 0, 1, Map.of(LoadReport.MEAN_REQUESTS_IN_FLIGHT, 6.0), 3);

    assertThat(Reading.of(busy, 4)).isEqualTo(new Reading(0.7, 20, 3));
    assertThat(Reading.of(queueing, 4)).isEqualTo(new Reading(1.5, 20, 3));
  }

  @Test
  void anEndpointThatReportsNothingIsReadByWhatItsClientsSay() {
    ManualTicker ticker = new ManualTicker();
    Endpoint endpoint = Endpoint.of("worker", "a", new Address("127.0.0.1", 1)).withCapacity(4);
    LoadTracker loads =
        new LoadTracker(TrackerSettings.expiringReportsAfter(Duration.ofSeconds(1)), ticker);
    loads.update(EndpointTable.of("worker", 1, List.of(endpoint)));
    LiveLoad load = loads.of(endpoint);
    assertThat(Controlled.of(endpoint, load, ticker.nanos()).reading()).isEmpty();

    load.claimedInFlight(0, 6);
    ticker.advance(Duration.ofMillis(1));

    assertThat(Controlled.of(endpoint, load, ticker.nanos()))
        .isEqualTo(
            new Controlled(
                Incarnation.of(endpoint), 4, Optional.of(new Reading(1.5, 0, ticker.nanos()))));
    loads.reported(endpoint, LoadReport.ofRequestsInFlight(2, ticker.nanos()));
    assertThat(Controlled.of(endpoint, load, ticker.nanos()).reading())
        .contains(new Reading(0.5, 0, ticker.nanos()));
  }

  @Test
  void readingsThatCannotBeAreRefused() {
    assertThatThrownBy(() -> new Reading(Double.NaN, 1, 0))
        .hasMessage("utilization is NaN (expected: finite and >= 0)");
    assertThatThrownBy(() -> new Controlled(A, 0, Optional.empty()))
        .hasMessageStartingWith("capacity is 0 (expected: above 0");
  }

  /** A is so utilized, and B half. */
  private ControlledWeights step(ControlledWeights before, double utilization, long atNanos) {
    return controller.step(
        before, List.of(told(A, utilization, 10, atNanos), told(B, 0.5, 10, atNanos)));
  }

  private static Controlled told(
      Incarnation endpoint, double utilization, double rate, long atNanos) {
    return new Controlled(endpoint, 1, Optional.of(new Reading(utilization, rate, atNanos)));
  }

  private static void step(Plant plant, int times) {
    for (int i = 0; i < times; i++) {
      plant.step();
    }
  }
}
