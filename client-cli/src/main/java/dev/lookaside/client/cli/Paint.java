package dev.lookaside.client.cli;

import dev.lookaside.v1.EndpointCondition;
import picocli.CommandLine.Help.Ansi;

/** Colours, for those who have a terminal and did not say NO_COLOR. */
enum Paint {
  PLAIN(""),
  GOOD("green"),
  CAREFUL("yellow"),
  BAD("red"),
  FAINT("faint");

  private final String style;

  Paint(String style) {
    this.style = style;
  }

  /** The colour of a line about an endpoint. */
  static Paint of(EndpointCondition condition) {
    return switch (condition) {
      case ENDPOINT_CONDITION_READY, ENDPOINT_CONDITION_UNSPECIFIED, UNRECOGNIZED -> PLAIN;
      case ENDPOINT_CONDITION_CONNECTING -> FAINT;
      case ENDPOINT_CONDITION_DRAINING -> CAREFUL;
      case ENDPOINT_CONDITION_EJECTED, ENDPOINT_CONDITION_TRANSIENT_FAILURE -> BAD;
    };
  }

  static Ansi ansi() {
    return Terminal.isThere() && System.getenv("NO_COLOR") == null ? Ansi.ON : Ansi.OFF;
  }

  String on(Ansi ansi, String line) {
    if (style.isEmpty() || !ansi.enabled()) {
      return line;
    }
    return Ansi.Style.on(Ansi.Style.parse(style)) + line + Ansi.Style.reset.on();
  }
}
