package dev.lookaside.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AgendaTest {
  private final Agenda agenda = new Agenda();

  @Test
  void runsEventsInOrderOfTimeAndTiesInOrderOfRegistration() {
    List<String> seen = new ArrayList<>();
    Agenda.Entry late = agenda.register(() -> seen.add("late at " + agenda.nanos()));
    Agenda.Entry first = agenda.register(() -> seen.add("first at " + agenda.nanos()));
    Agenda.Entry second = agenda.register(() -> seen.add("second at " + agenda.nanos()));
    second.at(5);
    late.at(9);
    first.at(5);

    agenda.runUntil(9);

    assertThat(seen).containsExactly("first at 5", "second at 5", "late at 9");
  }

  @Test
  void anEventThatIsSetAgainReplacesTheOneBefore() {
    List<Long> seen = new ArrayList<>();
    Agenda.Entry entry = agenda.register(() -> seen.add(agenda.nanos()));
    entry.at(3);
    entry.at(7);
    entry.at(4);

    agenda.runUntil(10);

    assertThat(seen).containsExactly(4L);
    assertThat(agenda.nanos()).isEqualTo(10);
  }

  @Test
  void aCancelledEventDoesNotHappen() {
    List<Long> seen = new ArrayList<>();
    Agenda.Entry entry = agenda.register(() -> seen.add(agenda.nanos()));
    entry.at(3);
    entry.cancel();
    entry.cancel();

    agenda.runUntil(10);

    assertThat(seen).isEmpty();
  }

  /** Seed 1, 200 sources, 20,000 changes: against a list that is searched for its least. */
  @Test
  void agreesWithAPlainListUnderManyChanges() {
    SplittableRandom random = new SplittableRandom(1);
    List<Integer> seen = new ArrayList<>();
    List<Agenda.Entry> entries = new ArrayList<>();
    List<Integer> expected = new ArrayList<>();
    Long[] due = new Long[200];
    for (int i = 0; i < due.length; i++) {
      int id = i;
      entries.add(agenda.register(() -> seen.add(id)));
    }
    for (int change = 0; change < 20_000; change++) {
      int id = random.nextInt(due.length);
      if (random.nextInt(4) == 0) {
        entries.get(id).cancel();
        due[id] = null;
      } else {
        due[id] = agenda.nanos() + random.nextInt(1_000);
        entries.get(id).at(due[id]);
      }
      long until = agenda.nanos() + random.nextInt(10);
      List<Integer> ready = new ArrayList<>();
      for (int i = 0; i < due.length; i++) {
        if (due[i] != null && due[i] <= until) {
          ready.add(i);
        }
      }
      ready.sort(Comparator.comparing((Integer i) -> due[i]).thenComparing(i -> i));
      expected.addAll(ready);
      ready.forEach(i -> due[i] = null);
      agenda.runUntil(until);
    }

    assertThat(seen).hasSizeGreaterThan(5_000).isEqualTo(expected);
  }
}
