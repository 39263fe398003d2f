package dev.lookaside.lb.admin;

import dev.lookaside.core.check.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each decision: who, what and why. */
public final class DecisionLog implements DecisionListener {
  private static final Logger log = LoggerFactory.getLogger("lookaside.control");
  private static final int LONGEST = 256;

  @Override
  public void decided(String action, String service, String what, Note note) {
    log.info(
        "{} of {}: {} by {} (proof: {}): {}",
        action,
        service,
        Printable.of(what, LONGEST),
        Printable.of(note.by(), LONGEST),
        note.proof(),
        note.why().isEmpty() ? "no reason given" : Printable.of(note.why(), LONGEST));
  }
}
