package dev.lookaside.registry.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.time.ManualTicker;
import dev.lookaside.registry.testing.Recorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RejectionsTest {
  private final ManualTicker ticker = new ManualTicker();
  private final Recorder recorder = new Recorder();
  private final List<String> lines = new ArrayList<>();
  private final Rejections rejections = new Rejections(ticker, recorder, lines::add);

  @Test
  void countsEachButLogsAKeyOncePerMinute() {
    for (int second = 0; second < 120; second++) {
      rejections.add("a", "bad");
      rejections.add("b", "worse");
      ticker.advance(Duration.ofSeconds(1));
    }

    assertThat(recorder.heard()).hasSize(240);
    assertThat(lines)
        .containsExactly(
            "skipping the key 'a': bad",
            "skipping the key 'b': worse",
            "skipping the key 'a': bad (and 59 more since the last such line)",
            "skipping the key 'b': worse (and 59 more since the last such line)");
  }

  @Test
  void tenThousandBadKeysShareOneMoreLine() {
    for (int i = 0; i < 10_000; i++) {
      rejections.add("key-" + i, "bad");
    }

    assertThat(lines).hasSize(Rejections.MAX_KEYS + 1);
    ticker.advance(Duration.ofMinutes(1));
    for (int i = 0; i < 10_000; i++) {
      rejections.add("key-" + i, "bad");
    }
    assertThat(lines).as("in two minutes").hasSizeLessThanOrEqualTo(2 * Rejections.MAX_KEYS + 2);
  }

  @Test
  void aKeyCannotForgeALogLine() {
    rejections.add("evil\n2026 ERROR all is lost\u2028\u202e" + "x".repeat(5_000), "bad");

    assertThat(lines.get(0)).doesNotContain("\n", "\u2028", "\u202e").hasSizeLessThan(260);
  }
}
