package dev.lookaside.simulator.trace;

/** A value of a file as messages show it: on one line, and not too long. */
public final class Shown {
  private static final int LONGEST = 60;

  private Shown() {}

  public static String of(String value) {
    String oneLine = value.replaceAll("\\p{Cntrl}", "?");
    return oneLine.length() <= LONGEST ? oneLine : oneLine.substring(0, LONGEST) + "…";
  }
}
