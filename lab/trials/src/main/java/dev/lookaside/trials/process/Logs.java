package dev.lookaside.trials.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where the processes of a trial leave what they print. */
public final class Logs {
  private Logs() {}

  /** The directory, without what an earlier run left there: what it said is not of this one. */
  public static Path emptied(Path directory) {
    if (Files.exists(directory)) {
      try (Stream<Path> all = Files.walk(directory)) {
        all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return directory;
  }
}
