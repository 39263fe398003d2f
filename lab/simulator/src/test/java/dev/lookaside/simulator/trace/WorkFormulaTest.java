package dev.lookaside.simulator.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkFormulaTest {
  private static final List<String> COLUMNS = List.of("time", "in", "out_2", "input tokens");
  private static final List<String> ROW = List.of("0", "30", "4", "100");

  @ParameterizedTest
  @CsvSource({
    "in, 30",
    "in + out_2, 34",
    "in - out_2 - 6, 20",
    "2 * in + 0.1 * [input tokens], 70",
    "in / 2 / 3, 5",
    "2 * (in + out_2) , 68",
    "((7)), 7",
  })
  void worksOutWhatItSays(String formula, double expected) {
    assertThat(WorkFormula.parse(formula, COLUMNS).of(ROW::get)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "in + | the formula 'in +' has the end (expected: a number, the name of a column, or ()",
        "in out_2 | the formula 'in out_2' has 'out_2' (expected: the end, or one of + - * /)",
        "(in | the formula '(in' has the end (expected: ))",
        "in ^ 2 | the formula 'in ^ 2' has '^' (expected: the end, or one of + - * /)",
        "- in | the formula '- in' has '-' (expected: a number, the name of a column, or ()",
        "inn | there is no column 'inn' (expected: one of time, in, out_2, input tokens)",
      })
  void aFormulaThatIsNoneIsAMistake(String formula, String expected) {
    assertThatThrownBy(() -> WorkFormula.parse(formula, COLUMNS)).hasMessage(expected);
  }

  @Test
  void aDivisionByZeroIsAMistakeOfTheRow() {
    WorkFormula formula = WorkFormula.parse("in / time", COLUMNS);

    assertThatThrownBy(() -> formula.of(ROW::get))
        .hasMessage("the work, in / time, is Infinity (expected: 0 to 1e12)");
  }

  @Test
  void aFormulaOfAnyLengthIsRefused() {
    assertThatThrownBy(() -> WorkFormula.parse("(".repeat(1_001), COLUMNS))
        .hasMessage("the formula has 1001 characters (expected: at most 1000)");
  }
}
