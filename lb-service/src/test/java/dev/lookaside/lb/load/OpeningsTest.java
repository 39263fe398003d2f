package dev.lookaside.lb.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.lb.load.Openings.Ticket;
import dev.lookaside.lb.load.Openings.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class OpeningsTest {
  private final Openings openings = new Openings(2);
  private final List<String> begun = new ArrayList<>();

  @Test
  void noMoreBeginThanMayAtATime() {
    Ticket a = openings.request(Turn.NEW, note("a"));
    openings.request(Turn.NEW, note("b"));
    openings.request(Turn.NEW, note("c"));
    assertThat(begun).containsExactly("a", "b");

    a.close();
    a.close();

    assertThat(begun).containsExactly("a", "b", "c");
  }

  @Test
  void whoWasNeverTriedGoesFirst() {
    Ticket a = openings.request(Turn.NEW, note("a"));
    openings.request(Turn.NEW, note("b"));
    openings.request(Turn.AGAIN, note("again"));
    openings.request(Turn.NEW, note("new"));

    a.close();

    assertThat(begun).containsExactly("a", "b", "new");
  }

  @Test
  void whoLeavesTheLineIsPassedOver() {
    Ticket a = openings.request(Turn.NEW, note("a"));
    openings.request(Turn.NEW, note("b"));
    openings.request(Turn.NEW, note("c")).close();
    openings.request(Turn.NEW, note("d"));

    a.close();

    assertThat(begun).containsExactly("a", "b", "d");
  }

  @Test
  void tenThousandThatFailAtOnceDoNotNest() {
    Ticket first = openings.request(Turn.NEW, note("first"));
    Ticket second = openings.request(Turn.NEW, note("second"));
    for (int i = 0; i < 10_000; i++) {
      openings.request(Turn.NEW, Ticket::close);
    }
    openings.request(Turn.NEW, note("last"));

    first.close();
    second.close();

    assertThat(begun).containsExactly("first", "second", "last");
  }

  private Consumer<Ticket> note(String name) {
    return ticket -> begun.add(name);
  }
}
