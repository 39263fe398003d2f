package dev.lookaside.testing.etcd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One run of an operating system process. */
final class RunningProcess {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long POLL_MILLIS = 20;
  private static final int PROBE_MILLIS = 1_000;

  private final Process process;
  private final Path log;

  RunningProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  void terminate() {
    process.destroy();
    awaitEnd();
  }

  void signal(String name) {
    try {
      int exit = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
      if (exit != 0) {
        throw new IllegalStateException("kill -" + name + " " + pid() + " ended with " + exit);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  void awaitHealthy(URI health) {
    long start = System.nanoTime();
    while (!isHealthy(health)) {
      if (ended(POLL_MILLIS)) {
        throw new IllegalStateException("it ended with " + process.exitValue() + ": " + tail());
      }
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        kill();
        throw new IllegalStateException("not healthy within " + PATIENCE + ": " + tail());
      }
    }
  }

  private static boolean isHealthy(URI health) {
    try {
      HttpURLConnection connection = (HttpURLConnection) health.toURL().openConnection();
      connection.setConnectTimeout(PROBE_MILLIS);
      connection.setReadTimeout(PROBE_MILLIS);
      try {
        return connection.getResponseCode() == 200;
      } finally {
        connection.disconnect();
      }
    } catch (IOException notYet) {
      return false;
    }
  }

  private void awaitEnd() {
    if (!ended(PATIENCE.toMillis())) {
      process.destroyForcibly();
      throw new IllegalStateException(pid() + " did not end within " + PATIENCE);
    }
  }

  private boolean ended(long millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted", e);
  }

  private String tail() {
    try {
      String text = Files.readString(log, StandardCharsets.UTF_8);
      return text.substring(Math.max(0, text.length() - 1_000));
    } catch (IOException e) {
      return "its log cannot be read: " + e.getMessage();
    }
  }
}
