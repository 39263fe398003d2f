package dev.lookaside.client.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TallyTest {
  private final Tally tally = new Tally(TaskMix.parse("sleep 1"));

  @Test
  void aFailureBelongsToTheWorkerOfItsLastAttempt() {
    tally.count(
        "sleep 1",
        new Sent(List.of("w1", "w2"), new Sent.End.Failed(Status.UNAVAILABLE)),
        0,
        Duration.ofSeconds(2).toNanos());

    assertThat(summary().workers()).extracting(LatencyRow::failed).containsExactly(0L, 1L);
    assertThat(summary().workers()).extracting(LatencyRow::refused).containsExactly(1L, 1L);
    assertThat(summary().retries()).isEqualTo(1);
  }

  @Test
  void aPeerThatInventsNamesTakesABoundedNumberOfRows() {
    for (int i = 0; i < Tally.MOST_WORKERS + 100; i++) {
      tally.count("sleep 1", new Sent(List.of(), new Sent.End.Done("w" + i)), 0, 1_000);
    }

    assertThat(summary().workers()).hasSize(Tally.MOST_WORKERS + 1);
    assertThat(summary().workers().get(0).name()).isEqualTo(Tally.OTHERS);
    assertThat(summary().workers().get(0).done()).isEqualTo(100);
  }

  private LoadSummary summary() {
    return tally.summary(1, Duration.ofSeconds(1));
  }
}
