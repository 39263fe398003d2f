package dev.lookaside.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lookaside.testing.time.FakeClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileChangesTest {

  /** It may have been read half written, and not be written again. */
  @Test
  void whatCannotBeTakenIsTriedAgain(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("policy"), "old");
    AtomicInteger tries = new AtomicInteger();
    AtomicBoolean taken = new AtomicBoolean();
    try (FileChanges changes = FileChanges.of(List.of(file))) {
      Files.writeString(file, "newer");
      changes.follow(() -> {
        if (tries.incrementAndGet() == 1) {
          throw new IllegalStateException("half written");
        }
        taken.set(true);
      });

      await().untilTrue(taken);
    }
    assertThat(tries).hasValue(2);
  }

  @Test
  void aFileThatComesAndGoesHasChanged(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("policy");
    AtomicBoolean seen = new AtomicBoolean();
    try (FileChanges changes = FileChanges.of(List.of(file))) {
      changes.follow(() -> seen.set(true));

      Files.writeString(file, "new");
      await().untilTrue(seen);
      seen.set(false);
      Files.delete(file);
      await().untilTrue(seen);
    }
  }

  @Test
  void nothingIsLookedAtForWhatNobodyUsesAnyMore(@TempDir Path directory) {
    FakeClock clock = new FakeClock();
    FileChanges changes = FileChanges.of(List.of(directory), clock, line -> {});
    changes.follow(new Object(), made -> {});
    assertThat(clock.pending()).isEqualTo(1);

    await()
        .until(() -> {
          System.gc();
          clock.forwardTime(Duration.ofSeconds(1));
          return clock.pending() == 0;
        });
  }
}
