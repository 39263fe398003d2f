package dev.lookaside.client.grpc.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.v1.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SnapshotFilesTest {
  private static final Table TABLE = Said.table(1, Said.endpoint(1, "w1")).getTable();

  @Test
  void givesBackWhatWasKept(@TempDir Path directory) {
    new SnapshotFiles(directory).save("a/b", TABLE);
    assertThat(new SnapshotFiles(directory).load("a/b")).contains(TABLE);
    assertThat(new SnapshotFiles(directory).load("c")).isEmpty();
  }

  @Test
  void removesWhatAProcessLeftBehindThatDiedWhileItWrote(@TempDir Path directory) throws Exception {
    Path old = Files.createFile(directory.resolve("snapshot123.tmp"));
    Path young = Files.createFile(directory.resolve("snapshot456.tmp"));
    Path other = Files.createFile(directory.resolve("mine.tmp"));
    FileTime anHourAgo =
        FileTime.fromMillis(
            Files.getLastModifiedTime(young).toMillis() - Duration.ofHours(1).toMillis());
    Files.setLastModifiedTime(old, anHourAgo);
    Files.setLastModifiedTime(other, anHourAgo);
    new SnapshotFiles(directory).save("worker", TABLE);
    try (var files = Files.list(directory)) {
      assertThat(files.toList())
          .containsExactlyInAnyOrder(young, other, directory.resolve("worker.snapshot"));
    }
  }
}
