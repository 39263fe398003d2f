package dev.lookaside.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class OriginalFlagsTest {

  @Test
  void theLinesOfTheOriginalAreUnderstood() {
    assertThat(OriginalFlags.withTwoDashes("-id=client1", "-lb=localhost:50051", "-task=sleep 3"))
        .containsExactly("--id=client1", "--lb=localhost:50051", "--task=sleep 3");
  }

  @Test
  void theValueMayBeTheNextArgument() {
    assertThat(OriginalFlags.withTwoDashes("-task", "sleep 3"))
        .containsExactly("--task", "sleep 3");
  }

  @Test
  void allElseIsLeftAsItIs() {
    assertThat(OriginalFlags.withTwoDashes("--id=a", "-h", "-tasks=x", "load", "-", "--", ""))
        .containsExactly("--id=a", "-h", "-tasks=x", "load", "-", "--", "");
  }
}
