package dev.lookaside.tls;

import dev.lookaside.core.concurrent.DaemonThreads;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows PEM files as long as somebody uses what is in them. What cannot be read, such as half of
 * a rotation, changes nothing and is tried again.
 */
public final class PemTls {
  private static final Logger log = LoggerFactory.getLogger(PemTls.class);
  private static final ScheduledThreadPoolExecutor THREAD = thread();
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final PemFiles files;
  private final WeakReference<LiveTls> tls;
  private List<Stamp> seen;
  private String complaint = "";
  private volatile @Nullable ScheduledFuture<?> turn;

  /** What tells that a file was written, without reading it. */
  private record Stamp(@Nullable FileTime time, long size, @Nullable Object key) {
    static Stamp of(Path file) {
      try {
        var attributes =
            Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class);
        return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
      } catch (IOException e) {
        return new Stamp(null, -1, null);
      }
    }
  }

  private PemTls(PemFiles files, LiveTls tls, List<Stamp> seen) {
    this.files = files;
    this.tls = new WeakReference<>(tls);
    this.seen = seen;
  }

  /**
   * What is in these files now, and whatever will be.
   *
   * @throws IllegalArgumentException naming the file and what is wrong with it
   */
  public static LiveTls follow(PemFiles files) {
    List<Stamp> stamps = stamps(files);
    LiveTls tls = new LiveTls(files.load());
    PemTls following = new PemTls(files, tls, stamps);
    following.turn =
        THREAD.scheduleWithFixedDelay(
            following::look, EVERY.toNanos(), EVERY.toNanos(), TimeUnit.NANOSECONDS);
    return tls;
  }

  private void look() {
    LiveTls current = tls.get();
    ScheduledFuture<?> own = turn;
    if (current == null) {
      if (own != null) {
        own.cancel(false);
      }
      return;
    }
    List<Stamp> now = stamps(files);
    if (now.equals(seen)) {
      return;
    }
    try {
      current.replace(files.load());
      seen = now;
      complaint = "";
      log.info(
          "{} from now on",
          current.now().identity().map(Object::toString).orElse("other authorities"));
    } catch (RuntimeException e) {
      String said = String.valueOf(e.getMessage());
      if (!said.equals(complaint)) {
        complaint = said;
        log.warn("new TLS files are not used, trying again: {}", said);
      }
    }
  }

  private static List<Stamp> stamps(PemFiles files) {
    return Stream.of(files.ca(), files.certificate(), files.key())
        .flatMap(file -> file.stream())
        .map(Stamp::of)
        .toList();
  }

  private static ScheduledThreadPoolExecutor thread() {
    var thread = new ScheduledThreadPoolExecutor(1, new DaemonThreads("lookaside-tls-files"));
    thread.setRemoveOnCancelPolicy(true);
    return thread;
  }
}
