package dev.lookaside.lb.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PageTest {
  private final FakeOutput out = new FakeOutput();
  private final AtomicInteger ends = new AtomicInteger();
  private final Page page = new Page(out, ends::incrementAndGet);

  @Test
  void whatTheConnectionCannotTakeNowIsSentInOrderWhenItCan() {
    out.room = 1;
    send("a");
    send("b");
    send("c");
    assertThat(out.taken()).isEqualTo("a");

    out.room = 2;
    page.onWritePossible();

    assertThat(out.taken()).isEqualTo("abc");
  }

  @Test
  void aPageThatReadsNothingIsToldOfAndKeepsLittle() {
    out.room = 0;
    IntStream.range(0, Page.MOST_UNSENT).forEach(i -> assertThat(send("x")).isTrue());

    assertThat(send("one too many")).isFalse();
    out.room = Integer.MAX_VALUE;
    page.onWritePossible();
    assertThat(out.taken()).isEqualTo("x".repeat(Page.MOST_UNSENT));
  }

  @Test
  void aBrokenConnectionEndsOnce() {
    out.broken = true;

    assertThat(send("a")).isFalse();
    page.onError(new IllegalStateException("gone"));
    page.end();

    assertThat(ends).hasValue(1);
  }

  /** Or one page that was closed at this moment would cost all others the frame. */
  @Test
  void aConnectionThatTheServerHasTakenBackEndsThePageAndNothingElse() {
    Page gone =
        new Page(
            out,
            () -> {
              ends.incrementAndGet();
              throw new IllegalStateException("already completed");
            });
    out.takenBack = true;

    assertThat(gone.send("a".getBytes(UTF_8))).isFalse();
    assertThat(gone.send("b".getBytes(UTF_8))).isFalse();
    assertThat(ends).hasValue(1);
  }

  private boolean send(String text) {
    return page.send(text.getBytes(UTF_8));
  }
}
