package dev.lookaside.client.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lookaside.client.load.Fairness.Window;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class WorkerSharesTest {
  private final WorkerShares shares = new WorkerShares();

  @Test
  void evenSharesAreOneByBothMeasures() {
    count("w1", 0, 100);
    count("w2", 0, 100);
    count("w3", 0, 100);

    Fairness fairness = fairnessAfter(4);

    assertThat(fairness.busiestOverMean()).isEqualTo(1);
    assertThat(fairness.jain()).isEqualTo(1);
    assertThat(fairness.worstWindow()).as("no window was whole").isEmpty();
  }

  @Test
  void unevenSharesAreToldByBothMeasures() {
    count("w1", 0, 300);
    count("w2", 0, 50);
    count("w3", 0, 50);

    Fairness fairness = fairnessAfter(4);

    assertThat(fairness.busiestOverMean()).isEqualTo(2.25);
    assertThat(fairness.jain()).isCloseTo(160_000.0 / (3 * 95_000), within(1e-9));
  }

  @Test
  void findsTheWindowInWhichOneWorkerGotMostWhileTheWholeRunIsEven() {
    count("w1", 0, 100);
    count("w2", 0, 100);
    count("w1", 5, 150);
    count("w2", 5, 50);
    count("w1", 10, 50);
    count("w2", 10, 150);

    Fairness fairness = fairnessAfter(15);

    assertThat(fairness.busiestOverMean()).isEqualTo(1);
    assertThat(fairness.worstWindow()).contains(new Window(5, 1.5));
  }

  @Test
  void aWorkerThatIsLeftOutInAWindowCountsInItsMean() {
    count("w1", 0, 10);
    count("w2", 0, 10);
    count("w1", 5, 10);

    assertThat(fairnessAfter(10).worstWindow()).contains(new Window(5, 2));
  }

  @Test
  void aWindowThatWasNotOverDoesNotCount() {
    count("w1", 0, 10);
    count("w2", 0, 10);
    count("w1", 5, 10);

    assertThat(fairnessAfter(9).worstWindow()).contains(new Window(0, 1));
  }

  @Test
  void noCallsAreNoRatio() {
    assertThat(fairnessAfter(60).busiestOverMean()).isZero();
    assertThat(fairnessAfter(60).jain()).isZero();
  }

  @Test
  void aRunOfYearsTakesNoMoreMemoryThanOneOfADay() {
    count("w1", TimeUnit.DAYS.toSeconds(10_000), 1);
    count("w2", 0, 1);

    assertThat(fairnessAfter(TimeUnit.DAYS.toSeconds(10_000)).jain()).isEqualTo(1);
  }

  private void count(String worker, long atSecond, int calls) {
    for (int i = 0; i < calls; i++) {
      shares.count(worker, TimeUnit.SECONDS.toNanos(atSecond));
    }
  }

  private Fairness fairnessAfter(long seconds) {
    return shares.fairness(TimeUnit.SECONDS.toNanos(seconds));
  }
}
