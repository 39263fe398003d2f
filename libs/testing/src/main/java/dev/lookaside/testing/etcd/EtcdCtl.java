package dev.lookaside.testing.etcd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** An etcd seen through {@code etcdctl}: a client that is not ours. */
public record EtcdCtl(URI endpoint) {

  public String run(String... arguments) {
    List<String> command = new ArrayList<>(List.of("etcdctl", "--endpoints=" + endpoint));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("ETCDCTL_API", "3");
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(command + ": " + output);
      }
      return output.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public Optional<String> get(String key) {
    return Optional.of(run("get", "--print-value-only", key)).filter(value -> !value.isEmpty());
  }

  /** The lease of a key, in the form that etcdctl takes; 0 is none. */
  public String leaseOf(String key) {
    String json = run("get", "-w", "json", key);
    int at = json.indexOf("\"lease\":");
    return at < 0
        ? "0"
        : Long.toHexString(Long.parseLong(json.substring(at + 8).replaceAll("[^0-9].*", "")));
  }

  /** A new lease of so many seconds. */
  public String grant(int seconds) {
    // "lease 694d7a… granted with TTL(60s)"
    String answer = run("lease", "grant", String.valueOf(seconds)).substring("lease ".length());
    return answer.substring(0, answer.indexOf(' '));
  }

  public long revision() {
    String json = run("get", "-w", "json", "nothing");
    return Long.parseLong(
        json.substring(json.indexOf("\"revision\":") + 11).replaceAll("[^0-9].*", ""));
  }
}
