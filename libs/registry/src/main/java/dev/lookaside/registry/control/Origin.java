package dev.lookaside.registry.control;

import static java.util.Objects.requireNonNull;

import dev.lookaside.core.check.Printable;
import dev.lookaside.core.check.Require;
import java.time.Instant;

/**
 * Where a decision comes from.
 *
 * @param by who decided, 1 to {@value #LONGEST_NAME} printable characters
 * @param proof what showed it: certificate, token, or none if it is what the caller calls itself
 * @param at when, by the clock of the balancer that was asked
 * @param why in the operator's words, up to {@value #LONGEST_REASON} printable characters
 */
public record Origin(String by, String proof, Instant at, String why) {
  public static final int LONGEST_NAME = 256;
  public static final int LONGEST_REASON = 256;
  private static final int LONGEST_PROOF = 16;

  public Origin {
    requireText("by", by, LONGEST_NAME);
    Require.that(!by.isEmpty(), "by", by, "who decides");
    requireText("proof", proof, LONGEST_PROOF);
    requireText("why", why, LONGEST_REASON);
    requireNonNull(at, "at");
  }

  private static void requireText(String name, String text, int longest) {
    Require.that(
        text.length() <= longest && Printable.isPlain(text),
        name,
        text,
        "up to " + longest + " printable characters on one line");
  }
}
