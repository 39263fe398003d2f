package dev.lookaside.app.failure;

import static java.util.stream.Collectors.joining;

/** One line on standard error: why a process cannot go on, for people and for supervisors. */
public final class OneLine {
  private OneLine() {}

  /** Prints the text as one line, however many it has. */
  @SuppressWarnings("SystemOut") // the log may not work yet, and this line is the whole message
  public static void print(String text) {
    System.err.println(of(text));
  }

  static String of(String text) {
    return text.lines().map(String::strip).filter(part -> !part.isEmpty()).collect(joining(" "));
  }
}
