package dev.lookaside.lb.adminrpc;

import dev.lookaside.lb.admin.Note;
import dev.lookaside.security.identity.Caller;
import dev.lookaside.security.identity.Principal;
import dev.lookaside.v1.ChangeNote;
import java.util.Locale;
import java.util.OptionalLong;

/** Reads who changes something, and why: what was proven counts, what is claimed only without. */
final class Notes {
  private static final String NOBODY = "unknown";

  private Notes() {}

  /** On the thread of the call, which knows who calls. */
  static Note read(ChangeNote note) {
    Principal caller = Caller.current();
    String claimed = note.getClaimedBy().isEmpty() ? NOBODY : note.getClaimedBy();
    return new Note(
        caller.isKnown() ? caller.name() : claimed,
        caller.proof().name().toLowerCase(Locale.ROOT),
        note.getWhy(),
        note.hasExpectedRevision()
            ? OptionalLong.of(note.getExpectedRevision())
            : OptionalLong.empty());
  }
}
