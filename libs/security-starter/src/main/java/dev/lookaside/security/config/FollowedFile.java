package dev.lookaside.security.config;

import dev.lookaside.tls.FileChanges;
import dev.lookaside.tls.SecretFile;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a file says, at each moment. What cannot be understood changes nothing. */
public final class FollowedFile<T> implements Supplier<T>, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FollowedFile.class);

  private final Path file;
  private final Function<Path, T> read;
  private final FileChanges changes;
  private volatile T value;

  private FollowedFile(Path file, Function<Path, T> read) {
    this.file = file;
    this.read = read;
    this.changes = FileChanges.of(List.of(file));
    SecretFile.requireOwn(file);
    this.value = read.apply(file);
  }

  /**
   * From now on until it is closed.
   *
   * @param read throws {@link IllegalArgumentException} that names the file and what is wrong
   */
  public static <T> FollowedFile<T> of(Path file, Function<Path, T> read) {
    FollowedFile<T> followed = new FollowedFile<>(file, read);
    followed.changes.follow(followed::take);
    return followed;
  }

  @Override
  public T get() {
    return value;
  }

  private void take() {
    SecretFile.requireOwn(file);
    value = read.apply(file);
    log.info("{} has changed, and is used so", file);
  }

  @Override
  public void close() {
    changes.close();
  }
}
