package dev.lookaside.trials.bounds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** What a process has in memory, on and off its heap, looked at twenty times a second. */
final class Resident implements AutoCloseable {
  private static final int INTERVAL_MILLIS = 50;
  private static final int KIB_PER_MIB = 1_024;

  private final Path status;
  private final AtomicLong peakKib = new AtomicLong();
  private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();

  Resident(long pid) {
    this.status = Path.of("/proc", String.valueOf(pid), "status");
    var unused = looks.scheduleAtFixedRate(this::look, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  long nowMib() {
    return kib() / KIB_PER_MIB;
  }

  long peakMib() {
    return peakKib.get() / KIB_PER_MIB;
  }

  private void look() {
    peakKib.accumulateAndGet(kib(), Math::max);
  }

  /** 0 when the process is gone. */
  private long kib() {
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException gone) {
      return 0;
    }
  }

  @Override
  public void close() {
    looks.shutdownNow();
  }
}
