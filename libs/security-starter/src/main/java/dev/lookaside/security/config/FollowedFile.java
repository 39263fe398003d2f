package dev.lookaside.security.config;

import dev.lookaside.core.concurrent.DaemonThreads;
import dev.lookaside.tls.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a file says, at each moment. What cannot be understood changes nothing, and is complained of
 * once.
 */
public final class FollowedFile<T> implements Supplier<T>, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FollowedFile.class);
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Path file;
  private final Function<Path, T> read;
  private final ScheduledExecutorService thread =
      new ScheduledThreadPoolExecutor(1, new DaemonThreads("lookaside-policy-file"));
  private String seen;
  private volatile T value;

  private FollowedFile(Path file, Function<Path, T> read) {
    this.file = file;
    this.read = read;
    this.seen = stamp();
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
    long nanos = EVERY.toNanos();
    var unused =
        followed.thread.scheduleWithFixedDelay(followed::look, nanos, nanos, TimeUnit.NANOSECONDS);
    return followed;
  }

  @Override
  public T get() {
    return value;
  }

  private void look() {
    String now = stamp();
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    try {
      SecretFile.requireOwn(file);
      value = read.apply(file);
      log.info("{} has changed, and is used so", file);
    } catch (RuntimeException e) {
      log.warn("what was before is still used: {}", e.getMessage());
    }
  }

  private String stamp() {
    try {
      return Files.getLastModifiedTime(file) + " " + Files.size(file);
    } catch (IOException e) {
      return "away";
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
