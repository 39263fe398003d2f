package dev.lookaside.core.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

  @Test
  void aChangeThatThrowsKeepsNoOtherFromBeingAppliedAndPublished() {
    SerialChanges changes = new SerialChanges(() -> log.add("publish"));
    assertThatThrownBy(() ->
            changes.apply(() -> {
              changes.apply(() -> log.add("second"));
              throw new IllegalStateException("the first");
            }))
        .hasMessage("the first");
    changes.apply(() -> log.add("third"));
    assertThat(log).containsExactly("second", "publish", "third", "publish");
  }

  @Test
  void aPublicationThatThrowsKeepsNoLaterOneFromBeingMade() {
    SerialChanges changes =
        new SerialChanges(() -> {
          log.add("publish");
          throw new IllegalStateException("listener");
        });
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> changes.apply(() -> log.add("change"))).hasMessage("listener");
    }
    assertThat(log).containsExactly("change", "publish", "change", "publish");
  }

  @Test
  void aFloodOfChangesIsPublishedInBetween() {
    SerialChanges changes = new SerialChanges(() -> log.add("publish"));
    changes.apply(() -> {
      for (int i = 0; i < 2_500; i++) {
        changes.apply(() -> {});
      }
    });
    assertThat(log).hasSize(3);
  }
}
