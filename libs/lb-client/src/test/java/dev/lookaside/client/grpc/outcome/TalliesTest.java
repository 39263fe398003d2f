package dev.lookaside.client.grpc.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.wire.EndpointCounts;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class TalliesTest {
  private static final Endpoint W1 =
      Endpoint.of("worker", "w1", new Address("127.0.0.1", 1)).withIncarnation("run-1");
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final Tallies tallies = new Tallies();

  @Test
  void whatIsReadButNotCommittedIsReadAgain() {
    EndpointTally tally = tallies.open(W1);
    call(tally, Status.Code.OK);
    call(tally, Status.Code.UNAVAILABLE);
    EndpointCounts first = only(tallies.read()).counts();
    assertThat(only(tallies.read()).counts()).isEqualTo(first);
    assertThat(first.issued()).isEqualTo(2);
    assertThat(first.ended()).hasSize(2);
  }

  @Test
  void whatIsCommittedIsNotReadAgain() {
    EndpointTally tally = tallies.open(W1);
    call(tally, Status.Code.OK);
    TallyReading reading = only(tallies.read());
    call(tally, Status.Code.OK);
    call(tally, Status.Code.CANCELLED);
    reading.commit();
    EndpointCounts next = only(tallies.read()).counts();
    assertThat(next.issued()).isEqualTo(2);
    assertThat(next.ended().values()).containsExactly(1L, 1L);
    assertThat(next.latencies().values()).containsExactly(1L);
    assertThat(next.latencySum()).isEqualTo(Duration.ofNanos(MILLI));
  }

  @Test
  void aReadingThatIsCommittedTwiceCountsOnce() {
    EndpointTally tally = tallies.open(W1);
    call(tally, Status.Code.OK);
    TallyReading reading = only(tallies.read());
    reading.commit();
    reading.commit();
    call(tally, Status.Code.OK);
    assertThat(only(tallies.read()).counts().issued()).isOne();
  }

  @Test
  void aTallyThatIsRetiredIsForgottenWhenItsLastCallHasEndedAndIsCommitted() {
    EndpointTally tally = tallies.open(W1);
    tally.began();
    tally.retire();
    only(tallies.read()).commit();
    assertThat(tallies.size()).isOne();
    tally.ended(Status.Code.OK, MILLI);
    only(tallies.read()).commit();
    assertThat(tallies.read()).isEmpty();
    assertThat(tallies.size()).isZero();
  }

  @Test
  void aTallyIsKeptAsLongAsOneOfItsUsersHasNotRetiredIt() {
    EndpointTally tally = tallies.open(W1);
    assertThat(tallies.open(W1)).isSameAs(tally);
    tally.retire();
    assertThat(tallies.read()).isEmpty();
    assertThat(tallies.size()).isOne();
  }

  private static void call(EndpointTally tally, Status.Code code) {
    tally.began();
    tally.ended(code, MILLI);
  }

  private static TallyReading only(List<TallyReading> readings) {
    assertThat(readings).hasSize(1);
    return readings.get(0);
  }
}
