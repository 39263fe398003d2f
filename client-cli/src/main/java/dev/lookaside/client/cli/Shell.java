package dev.lookaside.client.cli;

import java.util.Locale;

/** Shells that we can complete for. */
enum Shell {
  BASH,
  ZSH;

  static Shell parse(String text) {
    for (Shell shell : values()) {
      if (shell.toString().equals(text)) {
        return shell;
      }
    }
    throw new IllegalArgumentException("'" + text + "' (expected: bash or zsh)");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
