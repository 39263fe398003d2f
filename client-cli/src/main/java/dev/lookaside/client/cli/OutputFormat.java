package dev.lookaside.client.cli;

import java.util.Locale;

/** For whom to print: people or programs. */
enum OutputFormat {
  TEXT,
  JSON,
  CSV;

  static OutputFormat parse(String text) {
    for (OutputFormat format : values()) {
      if (format.toString().equals(text)) {
        return format;
      }
    }
    throw new IllegalArgumentException("'" + text + "' (expected: text, json or csv)");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
