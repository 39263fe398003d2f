package dev.lookaside.client.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class RetryBudgetTest {

  @Test
  void allowsABurstAndThenAFractionOfTheTasks() {
    RetryBudget budget = new RetryBudget(2, 0.1);

    assertThat(budget.withdraw()).isTrue();
    assertThat(budget.withdraw()).isTrue();
    assertThat(budget.withdraw()).isFalse();
    for (int task = 1; task <= 9; task++) {
      budget.deposit();
      assertThat(budget.withdraw()).isFalse();
    }
    budget.deposit();
    assertThat(budget.withdraw()).isTrue();
    assertThat(budget.withdraw()).isFalse();
  }

  @Test
  void savesNoMoreThanTheBurst() {
    RetryBudget budget = new RetryBudget(1, 1);
    budget.deposit();
    budget.deposit();

    assertThat(budget.withdraw()).isTrue();
    assertThat(budget.withdraw()).isFalse();
  }

  @Test
  void refusesWhatIsNoBudget() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RetryBudget(0, Double.NaN))
        .withMessage("retry budget is 0 and NaN (expected: >= 1, and 0 to 1)");
  }
}
