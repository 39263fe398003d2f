package dev.lookaside.app.property;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TyposTest {

  @ParameterizedTest
  @CsvSource({
    "type, type, 0",
    "tpye, type, 1",
    "typ, type, 1",
    "typpe, type, 1",
    "tape, type, 1",
    "'', type, 4",
    "type, '', 4",
    "slow-strat, slow-start, 1",
    "capcity, capacity, 1",
    "abc, cba, 2"
  })
  void countsSlipsOfTheFingers(String typed, String meant, int slips) {
    assertThat(Typos.between(typed, meant)).isEqualTo(slips);
  }
}
