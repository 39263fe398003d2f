package dev.lookaside.core.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SerialChangesTest {
  private final List<String> log = new ArrayList<>();

  @Test
  void changesThatComeWhileOthersAreAppliedShareOnePublication() {
    SerialChanges changes = new SerialChanges(() -> log.add("publish"));
    changes.apply(() -> {
      log.add("first");
      changes.apply(() -> log.add("second"));
      changes.apply(() -> log.add("third"));
    });
    assertThat(log).containsExactly("first", "second", "third", "publish");
  }

  @Test
  void aChangeThatComesWhileThePublicationRunsIsPublishedToo() {
    List<SerialChanges> self = new ArrayList<>();
    SerialChanges changes =
        new SerialChanges(() -> {
          log.add("publish");
          if (log.size() == 2) {
            self.get(0).apply(() -> log.add("late"));
          }
        });
    self.add(changes);
    changes.apply(() -> log.add("first"));
    assertThat(log).containsExactly("first", "publish", "late", "publish");
  }
}
