package dev.lookaside.trials.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What this machine has: programs, and pages on its loopback interface. */
public final class Local {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final int POLL_MILLIS = 50;

  private Local() {}

  public static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException nobody) {
      return false;
    }
  }

  /** A program on the PATH, or where Debian keeps servers. */
  public static Optional<Path> program(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(Stream.of(path.split(":")), Stream.of("/usr/sbin", "/usr/local/sbin"))
        .map(directory -> Path.of(directory).resolve(name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** A page, or nothing while nobody answers. */
  public static Optional<String> page(int port, String path) throws InterruptedException {
    try {
      return Optional.of(
          HTTP.send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                      .timeout(ANSWER)
                      .build(),
                  HttpResponse.BodyHandlers.ofString())
              .body());
    } catch (IOException away) {
      return Optional.empty();
    }
  }

  /** How many endpoints of a service a balancer would pick, as its health tells. */
  public static int ready(int httpPort, String service) throws InterruptedException {
    Pattern told = Pattern.compile('"' + service + "\":\"(\\d+) of \\d+ ready\"");
    Matcher matcher = told.matcher(page(httpPort, "/actuator/health").orElse(""));
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  /** Waits for something, as long as this process lives. */
  public static void await(String what, Duration within, RunningApp of, Condition condition)
      throws InterruptedException {
    long end = System.nanoTime() + within.toNanos();
    while (!condition.holds()) {
      if (!of.isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException(
            what + " did not come about within " + within + "; " + of.tail());
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** Something to wait for. */
  @FunctionalInterface
  public interface Condition {
    boolean holds() throws InterruptedException;
  }
}
