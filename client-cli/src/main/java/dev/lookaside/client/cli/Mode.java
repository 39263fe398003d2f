package dev.lookaside.client.cli;

import java.util.Locale;

/** Who picks. */
enum Mode {
  PICK,
  SUBSCRIBE;

  static Mode parse(String text) {
    for (Mode mode : values()) {
      if (mode.toString().equals(text)) {
        return mode;
      }
    }
    throw new IllegalArgumentException("'" + text + "' (expected: pick or subscribe)");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
