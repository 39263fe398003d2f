package dev.lookaside.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.policy.ClosedLoop.Work;
import dev.lookaside.core.policy.ClosedLoop.Worker;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Three equal workers under least load and a closed loop; seed 1. */
final class FairSharesTest {
  private static final int FLAT = 200; // places: as many as there are ever clients
  private static final long SEED = 1;
  private static final Duration SOME = Duration.ofSeconds(5);
  private static final Duration LONG = Duration.ofSeconds(30);

  /** Four of five wait for 20 ms, the fifth computes. */
  private static double mix(SplittableRandom random, double slowness) {
    return random.nextInt(5) > 0 ? 20 + slowness : 1.5 * slowness;
  }

  private static double exponential(SplittableRandom random, double mean) {
    return -mean * Math.log(1 - random.nextDouble());
  }

  /** As code is compiled: 50 times slower at first, then the faster the more it has run. */
  private static final Work COMPILING =
      (served, random) -> mix(random, 1 + 50 / (1 + served / 20.0) + 4 / (1 + served / 2_000.0));

  @ParameterizedTest
  @ValueSource(ints = {5, 20, 200})
  void workersThatAreColdTogetherDoNotBrandEachOther(int clients) {
    Worker cold = new Worker(2, FLAT, COMPILING);
    ClosedLoop loop =
        new ClosedLoop(LeastLoad.NAME, clients, SEED, cold, cold.another(), cold.another());
    assertThat(loop.busiestOverMean(LONG)).isLessThan(1.10);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 20, 200})
  void aWorkerThatGotAheadIsCaughtUpWith(int clients) {
    Work warm = (served, random) -> mix(random, 1 + 4 / (1 + (served + 4_000) / 2_000.0));
    ClosedLoop loop =
        new ClosedLoop(
            LeastLoad.NAME,
            clients,
            SEED,
            new Worker(2, FLAT, warm),
            new Worker(2, FLAT, COMPILING),
            new Worker(2, FLAT, COMPILING));
    loop.shares(SOME);
    loop.shares(SOME);
    assertThat(loop.busiestOverMean(LONG)).isLessThan(1.10);
  }

  @Test
  void aWorkerWhoseFirstCallsWereSlowHasItsShareFiveSecondsLater() {
    Work normal = (served, random) -> exponential(random, 20);
    Work slowAtFirst = (served, random) -> served < 20 ? 1_000 : exponential(random, 20);
    ClosedLoop loop =
        new ClosedLoop(
            LeastLoad.NAME,
            20,
            SEED,
            new Worker(2, FLAT, normal),
            new Worker(2, FLAT, normal),
            new Worker(2, FLAT, slowAtFirst));
    for (int seconds = 0; loop.served(2) < 25 && seconds < 60; seconds++) {
      loop.shares(Duration.ofSeconds(1));
    }
    assertThat(loop.shares(SOME)[2]).isGreaterThan(0.8);
  }

  @ParameterizedTest
  @CsvSource({"0.8, 20", "8, 20", "80, 20", "0.8, 40", "8, 40", "80, 40"})
  void equalWorkersGetEqualSharesWhateverCapacityTheyName(double capacity, int clients) {
    Work work = (served, random) -> exponential(random, 20);
    Worker cliff = new Worker(capacity, 8, work);
    ClosedLoop loop =
        new ClosedLoop(LeastLoad.NAME, clients, SEED, cliff, cliff.another(), cliff.another());
    loop.shares(SOME);
    assertThat(loop.busiestOverMean(LONG)).isLessThan(1.05);
  }

  /** Each has two cores, which are enough for one request more or less. */
  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7, 8, 20})
  void workersThatComputeGetEqualSharesOfFewRequestsToo(int clients) {
    Worker worker = new Worker(2, 2, (served, random) -> 3 + random.nextDouble());
    ClosedLoop loop =
        new ClosedLoop(LeastLoad.NAME, clients, SEED, worker, worker.another(), worker.another());
    loop.shares(SOME);
    assertThat(loop.busiestOverMean(LONG)).isLessThan(1.10);
  }

  /** Two cores for all three: who has more requests gets more of them. */
  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7, 8, 20})
  void workersOnOneMachineGetEqualShares(int clients) {
    Worker worker = new Worker(2, 2, (served, random) -> 3 + random.nextDouble());
    ClosedLoop loop = new ClosedLoop(LeastLoad.NAME, clients, SEED, worker, worker, worker);
    loop.shares(SOME);
    assertThat(loop.busiestOverMean(LONG)).isLessThan(1.10);
  }

  /** Answers that are on their way are in no report, and most of them are of the busiest. */
  @ParameterizedTest
  @ValueSource(ints = {4, 5, 7, 10, 20})
  void whatIsOnItsWayMakesNobodyLookIdle(int clients) {
    Worker worker = new Worker(2, 2, (served, random) -> 3 + random.nextDouble());
    ClosedLoop loop =
        new ClosedLoop(LeastLoad.NAME, clients, SEED, Duration.ofMillis(4), worker, worker, worker);
    loop.shares(SOME);
    assertThat(loop.busiestOverMean(LONG)).isLessThan(1.10);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.2, 2, 20, 1_000})
  void whereLatencyIsFlatEqualWorkersGetEqualShares(double capacity) {
    Worker flat = new Worker(capacity, FLAT, (served, random) -> exponential(random, 20));
    ClosedLoop loop =
        new ClosedLoop(LeastLoad.NAME, 20, SEED, flat, flat.another(), flat.another());
    loop.shares(SOME);
    assertThat(loop.busiestOverMean(LONG)).isLessThan(1.05);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 20, 200})
  void aWorkerThatIsTenTimesSlowerIsLeft(double capacity) {
    Worker normal = new Worker(capacity, FLAT, (served, random) -> exponential(random, 20));
    Worker slow = new Worker(capacity, FLAT, (served, random) -> exponential(random, 200));
    ClosedLoop loop = new ClosedLoop(LeastLoad.NAME, 20, SEED, normal, normal.another(), slow);
    loop.shares(SOME);
    assertThat(loop.shares(LONG)[2]).isLessThan(0.2);
  }
}
