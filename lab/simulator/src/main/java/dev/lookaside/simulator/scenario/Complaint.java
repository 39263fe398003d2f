package dev.lookaside.simulator.scenario;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says in one line where a scenario is wrong and what is allowed there. */
record Complaint(String file, Places places) {

  ScenarioException about(JacksonException e) {
    // What is no YAML, the reader met where it stands; what it means, only when it was read.
    String line =
        e instanceof StreamReadException
            ? line(e.getLocation())
            : places.line(e.getPath()).map(number -> ":" + number).orElse("");
    return new ScenarioException(file + line + ": " + what(e), e);
  }

  ScenarioException aboutSweep(String path, JsonNode value, JacksonException e) {
    return new ScenarioException(
        file + ": sweep of " + path + " at " + value.asString() + ": " + what(e), e);
  }

  ScenarioException aboutPath(String path) {
    return new ScenarioException(
        file
            + ": sweep: path is '"
            + path
            + "' (expected: such as arrivals.load or servers[0].count)");
  }

  private static String line(@Nullable TokenStreamLocation location) {
    return location == null || location.getLineNr() < 1 ? "" : ":" + location.getLineNr();
  }

  private static String what(JacksonException e) {
    String path = path(e.getPath());
    String at = path.isEmpty() ? "" : path + ": ";
    if (e instanceof UnrecognizedPropertyException unknown) {
      return path
          + " is not known (expected: one of "
          + String.valueOf(unknown.getKnownPropertyIds()).replaceAll("[\\[\\]]", "")
          + ")";
    }
    if (e instanceof InvalidTypeIdException type) {
      return at + "kind is " + quoted(type.getTypeId()) + kinds(e.getOriginalMessage());
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof IllegalArgumentException) {
        return at + oneLine(cause.getMessage());
      }
    }
    if (oneLine(e.getOriginalMessage()).startsWith("Malformed numeric value")) {
      return path + kindMismatch(Double.class);
    }
    if (e instanceof MismatchedInputException mismatch) {
      String said = oneLine(e.getOriginalMessage());
      return path + (said.startsWith("is ") ? " " + said : kindMismatch(mismatch.getTargetType()));
    }
    return at + oneLine(e.getOriginalMessage()).replaceFirst(" in reader, .*", "");
  }

  private static String kindMismatch(@Nullable Class<?> wanted) {
    String expected = "properties, as name: value";
    if (wanted == null) {
      expected = "something else";
    } else if (wanted == int.class || wanted == Integer.class) {
      expected = "a whole number";
    } else if (wanted == double.class || wanted == Double.class || wanted == Range.class) {
      expected = "a number";
    } else if (wanted == String.class) {
      expected = "a text";
    } else if (List.class.isAssignableFrom(wanted)) {
      expected = "a list";
    } else if (wanted.isEnum()) {
      expected =
          "one of "
              + Arrays.stream(wanted.getEnumConstants())
                  .map(name -> name.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                  .collect(Collectors.joining(", "));
    }
    return " has a value of the wrong kind (expected: " + expected + ")";
  }

  private static String kinds(@Nullable String message) {
    String text = String.valueOf(message);
    int from = text.indexOf("known type ids = [");
    int to = text.indexOf(']', Math.max(0, from));
    return from < 0 || to < 0
        ? ""
        : " (expected: one of " + text.substring(from + "known type ids = [".length(), to) + ")";
  }

  private static String quoted(@Nullable String text) {
    return text == null ? "missing" : "'" + text + "'";
  }

  private static String path(List<JacksonException.Reference> references) {
    return references.stream()
        .map(
            r -> r.getPropertyName() == null ? "[" + r.getIndex() + "]" : "." + r.getPropertyName())
        .collect(Collectors.joining())
        .replaceFirst("^\\.", "");
  }

  private static String oneLine(@Nullable String message) {
    return String.valueOf(message).replaceAll("\\s+", " ").strip();
  }
}
