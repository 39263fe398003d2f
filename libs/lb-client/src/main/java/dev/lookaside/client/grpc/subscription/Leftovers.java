package dev.lookaside.client.grpc.subscription;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Files of processes that died while they wrote a snapshot. */
final class Leftovers {
  static final String PREFIX = "snapshot";
  static final String SUFFIX = ".tmp";

  /** No write takes this long: what is older has nobody who would give it its name. */
  private static final long OLD_MILLIS = TimeUnit.MINUTES.toMillis(10);

  private Leftovers() {}

  /**
   * Removes those that are old.
   *
   * @param fresh a file of the directory that has just been made: by the same clock as the others
   */
  static void remove(Path directory, Path fresh) throws IOException {
    long now = Files.getLastModifiedTime(fresh).toMillis();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
      for (Path file : files) {
        if (now - Files.getLastModifiedTime(file).toMillis() > OLD_MILLIS) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
