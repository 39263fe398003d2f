package dev.lookaside.client.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** One of our applications, run from its jar as users run it; what it prints goes to a file. */
final class AppProcess implements AutoCloseable {
  // The build that runs these tests has made the jars just before, in the modules beside this one.
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String name;
  private final Path log;
  private final Process process;

  private AppProcess(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  static AppProcess start(String module, String name, Path logs, List<String> arguments) {
    Path jar = ROOT.resolve(module).resolve("target").resolve(module + ".jar");
    if (!Files.exists(jar)) {
      throw new IllegalStateException(jar + " is missing (expected: built by mvn package)");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Several start at once on few cores: what is compiled least starts soonest.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx192m", "-jar", jar.toString()));
    command.addAll(arguments);
    Path log = logs.resolve(name + ".log");
    try {
      Files.createDirectories(logs);
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      return new AppProcess(
          name,
          log,
          builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** {@code kill -9}. */
  void kill() {
    process.destroyForcibly();
    awaitExit(Duration.ofSeconds(10));
  }

  /** SIGTERM; returns at once. */
  void terminate() {
    process.destroy();
  }

  /** The exit code, within a bound. */
  int awaitExit(Duration within) {
    try {
      if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(name + " did not exit within " + within + ": " + tail());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** The value of a metric without labels, by HTTP; 0 while nobody answers or knows it. */
  int gauge(String name) {
    List<String> ports =
        Pattern.compile("HTTP on port (\\d+)")
            .matcher(output())
            .results()
            .map(found -> found.group(1))
            .toList();
    if (ports.isEmpty()) {
      return 0;
    }
    URI metrics =
        URI.create("http://127.0.0.1:" + ports.get(ports.size() - 1) + "/actuator/prometheus");
    try {
      return HTTP.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofLines())
          .body()
          .filter(line -> line.startsWith(name + " "))
          .mapToInt(line -> (int) Double.parseDouble(line.substring(name.length() + 1)))
          .findFirst()
          .orElse(0);
    } catch (IOException away) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  String output() {
    try {
      return Files.readString(log, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String tail() {
    String output = output();
    return name + ": …" + output.substring(Math.max(0, output.length() - 2_000));
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }
}
