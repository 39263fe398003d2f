package dev.lookaside.simulator.recording;

import dev.lookaside.simulator.trace.Shown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a recording says of itself, in lines such as {@code # policy: ll}. */
final class RecordingNotes {
  private static final String FORM = "lookaside trace";
  private static final int MOST = 32;
  private static final double LONGEST_SECONDS = 86_400;

  private final Map<String, String> values = new HashMap<>();

  void add(String line) {
    String note = line.substring(1).strip();
    int colon = note.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException(
          "is '" + Shown.of(line) + "' (expected: a note such as '# policy: ll')");
    }
    if (values.size() == MOST) {
      throw new IllegalArgumentException("there are more notes (expected: at most " + MOST + ")");
    }
    values.put(note.substring(0, colon).strip(), note.substring(colon + 1).strip());
  }

  void requireWhole() {
    String version = value(FORM);
    if (!version.equals("1")) {
      throw wrong(FORM, version, "1; a newer simulator reads newer forms", null);
    }
    if (!values.getOrDefault("complete", "no").equals("yes")) {
      throw new IllegalArgumentException(
          "the recording was cut off (expected: a last line '# complete: yes')");
    }
  }

  String service() {
    return value("service");
  }

  List<String> policies() {
    List<String> policies = new ArrayList<>(List.of(value("policy")));
    String last = values.get("policy at the end");
    if (last != null) {
      policies.add(last);
    }
    return policies;
  }

  Duration duration() {
    return Duration.ofNanos((long) (number("duration", 0.001, LONGEST_SECONDS) * 1e9));
  }

  int pickers() {
    return (int) number("pickers", 0, 10_000);
  }

  long leftOut() {
    return (long) number("left out", 0, 1e18);
  }

  private double number(String name, double least, double most) {
    String text = value(name);
    try {
      double value = Double.parseDouble(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw wrong(name, text, "a number", e);
    }
    throw wrong(name, text, "a number from " + least + " to " + most, null);
  }

  private String value(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("a line '# " + name + ": ...' is missing (expected: one)");
    }
    return value;
  }

  private static IllegalArgumentException wrong(
      String name, String value, String expected, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "the note " + name + " is '" + Shown.of(value) + "' (expected: " + expected + ")", cause);
  }
}
