package dev.lookaside.lb.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RefusedTest {

  @Test
  void aNameOfAnyLengthIsRefusedInOneShortLine() {
    assertThat(Refused.unknown("service", "evil\n" + "x".repeat(200_000), List.of("worker")))
        .hasMessageStartingWith("service is 'evil?xxx")
        .hasMessageEndingWith("x…' (expected: one of worker)")
        .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(200));
  }
}
