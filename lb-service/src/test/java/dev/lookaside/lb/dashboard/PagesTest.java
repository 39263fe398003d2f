package dev.lookaside.lb.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lookaside.core.time.ManualTicker;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PagesTest {
  private static final DashboardState NOTHING =
      new DashboardState(
          new DashboardState.Head(
              new DashboardState.Registry("in_sync", 0L),
              List.of(),
              List.of(),
              new DashboardState.Subscribers(List.of(), List.of())),
          Map.of(),
          Map.of());

  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicInteger lookers = new AtomicInteger();
  private final Pages pages =
      new Pages(
          () -> {
            lookers.incrementAndGet();
            return now -> {
              looks.incrementAndGet();
              return NOTHING;
            };
          },
          2,
          new ManualTicker());

  @AfterEach
  void close() {
    pages.close();
  }

  @Test
  void nobodyLooksWhileNobodyWatches() {
    pages.turn();
    assertThat(looks).hasValue(0);

    FakeOutput out = new FakeOutput();
    Page page = open(out);
    pages.turn();
    assertThat(looks).hasValue(2);

    pages.gone(page);
    pages.turn();
    assertThat(looks).hasValue(2);
  }

  @Test
  void allPagesShareOneLookAndEachBeginsWithEverything() {
    FakeOutput first = new FakeOutput();
    FakeOutput second = new FakeOutput();
    open(first);
    open(second);
    assertThat(looks).hasValue(1);

    pages.turn();

    assertThat(looks).hasValue(2);
    assertThat(first.taken()).startsWith("event: state\n").contains("event: change\n");
    assertThat(second.taken()).isEqualTo(first.taken());
  }

  @Test
  void whoWatchesAfterAPauseStartsAnew() {
    pages.gone(open(new FakeOutput()));

    open(new FakeOutput());

    assertThat(lookers).hasValue(2);
  }

  @Test
  void aPageThatReadsTooSlowlyIsCutAndTheOthersGoOn() {
    FakeOutput slow = new FakeOutput();
    FakeOutput quick = new FakeOutput();
    AtomicInteger cut = new AtomicInteger();
    Page page = new Page(slow, cut::incrementAndGet);
    pages.open(page);
    await().until(() -> !slow.taken().isEmpty());
    open(quick);
    slow.room = 0;

    for (int i = 0; i <= Page.MOST_UNSENT; i++) {
      pages.turn();
    }

    assertThat(cut).hasValue(1);
    assertThat(quick.taken().split("event: change")).hasSize(Page.MOST_UNSENT + 2);
    assertThat(pages.hasRoom()).isTrue();
  }

  @Test
  void thereIsNoRoomForMoreThanTheMost() {
    open(new FakeOutput());
    open(new FakeOutput());

    assertThat(pages.hasRoom()).isFalse();
    assertThat(pages.open(new Page(new FakeOutput(), () -> {}))).isFalse();
  }

  private Page open(FakeOutput out) {
    Page page = new Page(out, () -> {});
    assertThat(pages.open(page)).isTrue();
    await().until(() -> !out.taken().isEmpty());
    return page;
  }
}
