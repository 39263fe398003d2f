package dev.lookaside.app.command;

import dev.lookaside.app.property.KnownProperty;
import dev.lookaside.app.property.PropertyCatalog;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@code --help} prints: each flag, each property with its default and what is allowed. */
final class HelpText {
  private static final int WIDTH = 100;
  private static final String INDENT = "      ";

  private final String command;
  private final String summary;
  private final Flags flags;
  private final Map<String, List<String>> allowed;
  private final ClassLoader classPath;

  /**
   * @param allowed values of properties whose type does not tell them
   */
  HelpText(
      String command,
      String summary,
      Flags flags,
      Map<String, List<String>> allowed,
      ClassLoader classPath) {
    this.command = command;
    this.summary = summary;
    this.flags = flags;
    this.allowed = allowed;
    this.classPath = classPath;
  }

  String of(PropertyCatalog catalog) {
    var text = new StringBuilder();
    text.append("Usage: ").append(command).append(" [-flag=value] [--property=value]\n\n");
    text.append(summary).append("\n\nFlags (one dash or two):\n");
    flags
        .properties()
        .forEach((flag, property) ->
            text.append("  -%-13s the same as --%s\n".formatted(flag + "=<value>", property)));
    text.append("  -help, -version\n");
    text.append(
        """

        Properties, also as environment variables (LB_TYPE for lb.type) and in an
        application.properties of the working directory:
        """);
    catalog
        .byPrefix()
        .forEach((prefix, properties) -> {
          text.append('\n');
          properties.forEach(property -> append(text, property));
        });
    text.append(
        """

        Those of Spring Boot can be set too, such as --server.port for HTTP and
        --logging.level.dev.lookaside=debug. --debug tells at length why a start failed.
        """);
    return text.toString();
  }

  private void append(StringBuilder text, KnownProperty property) {
    text.append("  --").append(property.name()).append('=').append(form(property));
    if (!property.defaultValue().isEmpty()) {
      text.append("  (default: ").append(property.defaultValue()).append(')');
    }
    text.append('\n');
    wrap(text, property.description());
  }

  private String form(KnownProperty property) {
    List<String> values = allowed.get(property.name());
    if (values != null) {
      return String.join("|", values);
    }
    return switch (property.type()) {
      case "java.time.Duration" -> "<duration>";
      case "java.lang.Integer", "java.lang.Long" -> "<whole number>";
      case "java.lang.Double" -> "<number>";
      case "java.lang.Boolean" -> "true|false";
      case "java.nio.file.Path" -> "<file>";
      case "java.util.List<java.lang.String>" -> "<value>,<value>,...";
      default -> constants(property.type());
    };
  }

  private String constants(String type) {
    try {
      Object[] constants = Class.forName(type, false, classPath).getEnumConstants();
      return constants == null
          ? "<value>"
          : Arrays.stream(constants)
              .map(constant -> constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
              .collect(Collectors.joining("|"));
    } catch (ClassNotFoundException | LinkageError unknown) {
      return "<value>";
    }
  }

  private static void wrap(StringBuilder text, String description) {
    var line = new StringBuilder(INDENT);
    for (String word : description.split(" ", -1)) {
      if (line.length() + word.length() > WIDTH) {
        text.append(line.toString().stripTrailing()).append('\n');
        line.setLength(INDENT.length());
      }
      line.append(word).append(' ');
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
