package dev.lookaside.app.command;

import dev.lookaside.app.failure.OneLine;
import dev.lookaside.app.failure.StartFailure;
import dev.lookaside.app.property.PropertyCatalog;
import dev.lookaside.app.property.UnknownProperties;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A Spring Boot application as a command: short flags, {@code --help} and {@code --version}, and
 * one line with exit code 1 when it cannot start.
 */
public final class CommandLineApplication {
  private static final int CANNOT_START = 1;
  private static final String BUILD_INFO = "META-INF/build-info.properties";

  private final String command;
  private final String summary;
  private final Class<?> main;
  private final Flags flags;
  private final Map<String, List<String>> allowed;

  private CommandLineApplication(
      String command,
      String summary,
      Class<?> main,
      Flags flags,
      Map<String, List<String>> allowed) {
    this.command = command;
    this.summary = summary;
    this.main = main;
    this.flags = flags;
    this.allowed = Map.copyOf(allowed);
  }

  /**
   * A command without flags as yet.
   *
   * @param command what is typed to start it
   * @param summary what it is for, in a sentence
   * @param main the application's primary source
   */
  public static CommandLineApplication of(String command, String summary, Class<?> main) {
    return new CommandLineApplication(command, summary, main, Flags.none(), Map.of());
  }

  /** The same, with a short name for a property. */
  public CommandLineApplication flag(String flag, String property) {
    return new CommandLineApplication(command, summary, main, flags.with(flag, property), allowed);
  }

  /** The same, with the values that help shows for a property whose type does not tell them. */
  public CommandLineApplication values(String property, List<String> values) {
    var more = new HashMap<>(allowed);
    more.put(property, List.copyOf(values));
    return new CommandLineApplication(command, summary, main, flags, more);
  }

  /** What a main method does: starts, or prints what was asked for, or ends with one line. */
  public void launch(String... arguments) {
    try {
      start(new SpringApplication(main), arguments);
    } catch (BadStart e) {
      OneLine.print(String.valueOf(e.getMessage()));
      System.exit(CANNOT_START);
    } catch (SpringApplication.AbandonedRunException rehearsal) {
      // It was to go so far and no further, for an archive of its classes.
      return;
    } catch (RuntimeException alreadyTold) {
      System.exit(CANNOT_START);
    }
  }

  /**
   * Starts this application, or prints what was asked for instead and returns nothing.
   *
   * @param application made of this application's main class
   */
  @SuppressWarnings("SystemOut") // what was asked for is the output of the command
  public Optional<ConfigurableApplicationContext> start(
      SpringApplication application, String... arguments) {
    Request request = read(arguments);
    if (request instanceof Request.Start start) {
      requireTempDirectory();
      if (start.properties().contains("--debug")) {
        StartFailure.tellAtLength();
      }
      application.setMainApplicationClass(main);
      return Optional.of(application.run(start.properties().toArray(String[]::new)));
    }
    System.out.print(request instanceof Request.Help ? help() : version());
    return Optional.empty();
  }

  private Request read(String... arguments) {
    try {
      return new CommandLine(flags).read(arguments);
    } catch (IllegalArgumentException e) {
      throw new BadStart(String.valueOf(e.getMessage()), e);
    }
  }

  private String help() {
    ClassLoader classPath = main.getClassLoader();
    return new HelpText(command, summary, flags, allowed, classPath)
        .of(PropertyCatalog.read(classPath, UnknownProperties.PREFIXES));
  }

  private String version() {
    var build = new Properties();
    try (InputStream file = main.getClassLoader().getResourceAsStream(BUILD_INFO)) {
      if (file != null) {
        build.load(file);
      }
    } catch (IOException unreadable) {
      build.clear();
    }
    return "%s %s%nJava %s%n"
        .formatted(command, build.getProperty("build.version", "development"), Runtime.version());
  }

  /** Servers unpack their libraries and keep their work there: better said now than half-way. */
  private static void requireTempDirectory() {
    String directory = System.getProperty("java.io.tmpdir", "");
    try {
      Files.delete(Files.createTempFile(Path.of(directory), "lookaside", ".tmp"));
    } catch (IOException | RuntimeException e) {
      throw new BadStart(
          "java.io.tmpdir is '%s' (expected: a directory that can be written)".formatted(directory),
          e);
    }
  }

  /** A start that failed before Spring Boot could tell of it. */
  public static final class BadStart extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadStart(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
