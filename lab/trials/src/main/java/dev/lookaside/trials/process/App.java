package dev.lookaside.trials.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One of our applications, as the build and the launcher leave it below the current directory. */
public enum App {
  BALANCER("lb-service"),
  WORKER("worker-service"),
  CLIENT("client-cli");

  /** Many processes on one machine: start soon, stay small. */
  static final List<String> SMALL =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m");

  private final String module;

  App(String module) {
    this.module = module;
  }

  /**
   * What to run, from {@link #directory}: with the launcher's archive of classes, if there is one.
   */
  List<String> command(List<String> jvm, List<String> arguments) {
    Path jar = Path.of(module, "target", module + ".jar").toAbsolutePath();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    if (hasArchive()) {
      requireNewerArchive();
      command.addAll(List.of("@archive", "-jar", module + ".jar"));
    } else if (Files.exists(jar)) {
      command.addAll(List.of("-jar", jar.toString()));
    } else {
      throw new IllegalStateException(
          "no " + jar + " (expected: ./lookaside build has run, and this is its directory)");
    }
    command.addAll(arguments);
    return command;
  }

  Path directory() {
    return hasArchive() ? unpacked() : Path.of("").toAbsolutePath();
  }

  /**
   * Whoever builds with Maven and then starts a trial by hand would measure what was there before.
   */
  private void requireNewerArchive() {
    // A reproducible jar has a time of its own choice; what it is packed from has that of the
    // build.
    Path built = Path.of(module, "target", module + ".jar.original").toAbsolutePath();
    Path archive = unpacked().resolve("archive");
    if (Files.exists(built) && isOlder(archive, built)) {
      throw new IllegalStateException(
          archive + " is older than " + built + " (expected: ./lookaside build has run since)");
    }
  }

  private static boolean isOlder(Path one, Path other) {
    try {
      return Files.getLastModifiedTime(one).compareTo(Files.getLastModifiedTime(other)) < 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean hasArchive() {
    return Files.exists(unpacked().resolve("archive"));
  }

  private Path unpacked() {
    return Path.of(".lookaside", "apps", module).toAbsolutePath();
  }
}
