package dev.lookaside.worker.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskCatalogTest {
  private final List<String> arguments = new ArrayList<>();
  private final TaskCatalog catalog = new TaskCatalog(List.of(task("sleep"), task("sum-up")));

  @ParameterizedTest
  @ValueSource(strings = {"sleep 2.5", "  sleep \t 2.5 \n", "sleep\t2.5"})
  void splitsTheNameFromTheArgument(String text) {
    catalog.prepare(text);

    assertThat(arguments).containsExactly("2.5");
  }

  @Test
  void givesATaskWithoutArgumentTheEmptyOne() {
    catalog.prepare("sleep");

    assertThat(arguments).containsExactly("");
  }

  @Test
  void refusesAnUnknownTaskAndListsTheKnownOnes() {
    assertThatThrownBy(() -> catalog.prepare("fly me"))
        .isInstanceOf(InvalidTaskException.class)
        .hasMessage("unknown task 'fly' (expected: sleep <x> | sum-up <x>)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "\t\n"})
  void refusesAnEmptyTask(String text) {
    assertThatThrownBy(() -> catalog.prepare(text))
        .isInstanceOf(InvalidTaskException.class)
        .hasMessage("task is empty (expected: sleep <x> | sum-up <x>)");
  }

  @Test
  void quotesAHostileNameShortAndOnOneLine() {
    assertThatThrownBy(() -> catalog.prepare("evil\u0007" + "x".repeat(10_000)))
        .hasMessageMatching("unknown task 'evil\\?x{59}…' .*");
  }

  @Test
  void knowsTheNameInATextOnlyIfItHasTheTask() {
    assertThat(catalog.nameIn(" sleep 1")).contains("sleep");
    assertThat(catalog.nameIn("fly 1")).isEmpty();
    assertThat(catalog.nameIn("")).isEmpty();
  }

  @Test
  void refusesTwoTasksOfOneName() {
    assertThatThrownBy(() -> new TaskCatalog(List.of(task("a"), task("a"))))
        .hasMessageContaining("(expected: one task for each name)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Sleep", "two words", "1st"})
  void refusesATaskThatNobodyCouldAskFor(String name) {
    assertThatThrownBy(() -> new TaskCatalog(List.of(task(name))))
        .hasMessageContaining("(expected: at most 63 of a-z, 0-9 and -)");
  }

  private Task task(String name) {
    return new Task() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String usage() {
        return name + " <x>";
      }

      @Override
      public Job prepare(String argument) {
        arguments.add(argument);
        return new Job.Computation(Duration.ZERO, cancellation -> argument);
      }
    };
  }
}
