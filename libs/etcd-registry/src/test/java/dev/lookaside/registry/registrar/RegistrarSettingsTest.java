package dev.lookaside.registry.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RegistrarSettingsTest {
  private static final RegistrarSettings SETTINGS =
      RegistrarSettings.withLeaseTtl(Duration.ofSeconds(9));

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 7})
  void aRoundOverEveryMemberEndsWithinTheLease(int members) {
    Duration round = SETTINGS.longestTry(members).multipliedBy(members);
    assertThat(SETTINGS.renewEvery().plus(round)).isLessThanOrEqualTo(SETTINGS.leaseTtl());
  }

  @Test
  void theOnlyMemberMayTakeUntilTheNextRenewal() {
    assertThat(SETTINGS.longestTry(1)).isEqualTo(SETTINGS.renewEvery());
  }
}
