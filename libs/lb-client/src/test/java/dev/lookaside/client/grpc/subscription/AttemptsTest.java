package dev.lookaside.client.grpc.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.endpoint.Address;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AttemptsTest {
  private static final Address A = Address.parse("a:1");

  @Test
  void patienceDoublesWithEachRoundUpToHalfAMinute() {
    Attempts attempts = new Attempts(new Random(1));
    assertThat(attempts.patience()).isEqualTo(Duration.ofSeconds(2));
    fail(attempts, 2);
    assertThat(attempts.patience()).isEqualTo(Duration.ofSeconds(2));
    fail(attempts, 1);
    assertThat(attempts.patience()).isEqualTo(Duration.ofSeconds(4));
    fail(attempts, 300);
    assertThat(attempts.patience()).isEqualTo(Duration.ofSeconds(30));
    attempts.forget();
    assertThat(attempts.patience()).isEqualTo(Duration.ofSeconds(2));
  }

  private static void fail(Attempts attempts, int times) {
    for (int i = 0; i < times; i++) {
      attempts.failed(A, "refused", 3);
    }
  }
}
