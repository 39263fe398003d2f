package dev.lookaside.trials.soak;

import dev.lookaside.trials.process.Local;
import dev.lookaside.trials.process.RunningApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What a JVM holds once it has collected its garbage. */
public final class Held {
  private static final double MIB = 1 << 20;
  private static final int COLLECTING_SECONDS = 30;

  private Held() {}

  /** Of one of our applications, which tells its heap and its series itself. */
  static Sample by(String name, RunningApp app, int httpPort, Duration at)
      throws InterruptedException {
    collect(app.pid());
    String metrics =
        Local.page(httpPort, "/actuator/prometheus")
            .orElseThrow(
                () -> new IllegalStateException(name + " tells no metrics; " + app.tail()));
    Map<String, Double> figures = system(app.pid());
    figures.put("heap MiB", heap(metrics) / MIB);
    figures.put("series", (double) metrics.lines().filter(line -> !line.startsWith("#")).count());
    return new Sample(at, name, figures);
  }

  /** The heap of one of our applications. */
  public static double heapMib(RunningApp app, int httpPort) throws InterruptedException {
    collect(app.pid());
    return Local.page(httpPort, "/actuator/prometheus").map(Held::heap).orElse(Double.NaN) / MIB;
  }

  /** Of this process. */
  static Sample here(String name, Duration at) {
    System.gc();
    Map<String, Double> figures = system(ProcessHandle.current().pid());
    figures.put(
        "heap MiB", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MIB);
    return new Sample(at, name, figures);
  }

  static double heap(String metrics) {
    return metrics
        .lines()
        .filter(line -> line.startsWith("jvm_memory_used_bytes{") && line.contains("area=\"heap\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static Map<String, Double> system(long pid) {
    Path proc = Path.of("/proc", String.valueOf(pid));
    Map<String, Double> figures = new TreeMap<>();
    figures.put("threads", count(proc.resolve("task")));
    figures.put("descriptors", count(proc.resolve("fd")));
    return figures;
  }

  private static double count(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void collect(long pid) throws InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    try {
      Process process =
          new ProcessBuilder(jcmd, String.valueOf(pid), "GC.run")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(COLLECTING_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no jcmd (expected: a JDK, not a JRE)", e);
    }
  }
}
