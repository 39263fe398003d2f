package dev.lookaside.tls;

import dev.lookaside.core.concurrent.DaemonThreads;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every second whether files were written since they were last taken. What cannot be taken,
 * such as half of a rotation, is complained of once and tried again, whether or not it is written
 * once more.
 */
public final class FileChanges implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FileChanges.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final ScheduledThreadPoolExecutor THREAD = thread();

  private final List<Path> files;
  private final ScheduledExecutorService clock;
  private final Consumer<String> log;
  private List<Stamp> taken;
  private String complaint = "";
  private volatile @Nullable ScheduledFuture<?> turns;

  /** What tells that a file was written, without reading it. */
  private record Stamp(@Nullable FileTime time, long size, @Nullable Object key) {
    static Stamp of(Path file) {
      try {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
      } catch (IOException e) {
        return new Stamp(null, -1, null);
      }
    }
  }

  private FileChanges(List<Path> files, ScheduledExecutorService clock, Consumer<String> log) {
    this.files = files;
    this.clock = clock;
    this.log = log;
    this.taken = stamps();
  }

  /** Changes from now on: whoever reads the files after this misses none. */
  public static FileChanges of(List<Path> files) {
    return of(files, THREAD, LOG::warn);
  }

  static FileChanges of(List<Path> files, ScheduledExecutorService clock, Consumer<String> log) {
    return new FileChanges(List.copyOf(files), clock, log);
  }

  /**
   * Has the files taken after each change, until it is closed.
   *
   * @param take throws if it can do nothing with them, with a message that says why
   */
  public void follow(Runnable take) {
    everySecond(() -> look(take));
  }

  /**
   * The same for as long as somebody uses what is made of the files.
   *
   * @param made not held here; nor may {@code take} hold it
   */
  <T> void follow(T made, Consumer<T> take) {
    WeakReference<T> used = new WeakReference<>(made);
    everySecond(() -> {
      T current = used.get();
      if (current == null) {
        close();
      } else {
        look(() -> take.accept(current));
      }
    });
  }

  /** Nothing could be taken so far: they are tried at the next look, changed or not. */
  void retry() {
    taken = List.of();
  }

  private void everySecond(Runnable turn) {
    long nanos = EVERY.toNanos();
    turns = clock.scheduleWithFixedDelay(turn, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private void look(Runnable take) {
    List<Stamp> now = stamps();
    if (now.equals(taken)) {
      return;
    }
    try {
      take.run();
      taken = now;
      complaint = "";
    } catch (RuntimeException e) {
      String said = String.valueOf(e.getMessage());
      if (!said.equals(complaint)) {
        complaint = said;
        log.accept(
            (taken.isEmpty() ? "" : "what was before is still used, ") + "trying again: " + said);
      }
    }
  }

  private List<Stamp> stamps() {
    return files.stream().map(Stamp::of).toList();
  }

  @Override
  public void close() {
    ScheduledFuture<?> own = turns;
    if (own != null) {
      own.cancel(false);
    }
  }

  private static ScheduledThreadPoolExecutor thread() {
    var thread = new ScheduledThreadPoolExecutor(1, new DaemonThreads("lookaside-files"));
    thread.setRemoveOnCancelPolicy(true);
    return thread;
  }
}
