package dev.lookaside.testing.etcd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An etcd seen through {@code etcdctl}: a client that is not ours. */
public final class EtcdCtl {
  public static final String NO_LEASE = "0";

  private static final String ROOT = "root:sesame";

  private final List<String> options;

  private EtcdCtl(List<String> options) {
    this.options = options;
  }

  public EtcdCtl(URI endpoint) {
    this(List.of("--endpoints=" + endpoint));
  }

  /** The same with more options for every command. */
  EtcdCtl with(List<String> more) {
    return new EtcdCtl(Stream.concat(options.stream(), more.stream()).toList());
  }

  public String run(String... arguments) {
    List<String> command = new ArrayList<>(List.of("etcdctl"));
    command.addAll(options);
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

  /**
   * Whoever asks etcd from now on gives a password; this user may read and write our keys, by a
   * role of the same name.
   *
   * @return who may do everything
   */
  public EtcdCtl requirePassword(String user, String password) {
    run("user", "add", ROOT);
    run("user", "add", user + ":" + password);
    run("role", "add", user);
    run("role", "grant-permission", user, "--prefix=true", "readwrite", "lookaside/");
    run("user", "grant-role", user, user);
    run("auth", "enable");
    return with(List.of("--user=" + ROOT));
  }

  public Optional<String> get(String key) {
    return Optional.of(run("get", "--print-value-only", key)).filter(value -> !value.isEmpty());
  }

  /** The lease of a key, in the form that etcdctl takes. */
  public String leaseOf(String key) {
    String json = run("get", "-w", "json", key);
    int at = json.indexOf("\"lease\":");
    return at < 0
        ? NO_LEASE
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
