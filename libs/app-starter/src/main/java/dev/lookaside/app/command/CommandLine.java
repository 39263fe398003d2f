package dev.lookaside.app.command;

import dev.lookaside.app.property.Typos;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads arguments as the {@code flag} package of Go does, which the original was used with: one
 * dash or two, the value after {@code =} or as the next argument, and the last of several counts. A
 * name is a flag or a property.
 */
final class CommandLine {
  private static final Set<String> HELP = Set.of("h", "help");
  private static final Set<String> VERSION = Set.of("V", "version");

  /** Names without a dot that Spring Boot knows, and that need no value. */
  private static final Set<String> SWITCHES = Set.of("debug", "trace");

  private final Flags flags;

  CommandLine(Flags flags) {
    this.flags = flags;
  }

  Request read(String... arguments) {
    Map<String, String> properties = new LinkedHashMap<>();
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      String name = name(argument);
      if (HELP.contains(name)) {
        return new Request.Help();
      }
      if (VERSION.contains(name)) {
        return new Request.Version();
      }
      String property = property(argument, name);
      int equals = argument.indexOf('=');
      String value = equals < 0 ? "" : argument.substring(equals + 1);
      if (equals < 0 && !SWITCHES.contains(name)) {
        i++;
        value = next(arguments, i, argument);
      }
      properties.remove(property);
      properties.put(property, equals < 0 && SWITCHES.contains(name) ? "" : "=" + value);
    }
    List<String> forSpring = new ArrayList<>();
    properties.forEach((property, value) -> forSpring.add("--" + property + value));
    return new Request.Start(forSpring);
  }

  private static String name(String argument) {
    int dashes = argument.startsWith("--") ? 2 : argument.startsWith("-") ? 1 : 0;
    int equals = argument.indexOf('=');
    String name = argument.substring(dashes, equals < 0 ? argument.length() : equals);
    if (dashes == 0 || name.isEmpty()) {
      throw new IllegalArgumentException(
          "argument '%s' is unknown (expected: options such as --name=value; see --help)"
              .formatted(argument));
    }
    return name;
  }

  private String property(String argument, String name) {
    String property = flags.properties().get(name);
    if (property != null) {
      return property;
    }
    if (name.indexOf('.') > 0 || SWITCHES.contains(name)) {
      return name;
    }
    throw new IllegalArgumentException(
        "%s is unknown (expected: an option that exists, such as -%s; see --help)"
            .formatted(argument, nearest(name)));
  }

  private String nearest(String name) {
    return flags.properties().keySet().stream()
        .min(Comparator.comparingInt(flag -> Typos.between(name, flag)))
        .orElse("-help");
  }

  private static String next(String[] arguments, int i, String argument) {
    if (i >= arguments.length) {
      throw new IllegalArgumentException(
          "%s has no value (expected: %s=<value>)".formatted(argument, argument));
    }
    return arguments[i];
  }
}
