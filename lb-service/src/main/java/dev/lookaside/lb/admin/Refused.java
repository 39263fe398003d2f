package dev.lookaside.lb.admin;

import dev.lookaside.core.check.Printable;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * An operator's request that was not done; nothing changed, and the message says what is allowed.
 */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MOST_NAMED = 10;

  /** Whose turn it is. */
  public enum Kind {
    /** The request makes no sense. */
    INVALID,
    /** There is no such service or endpoint. */
    NOT_FOUND,
    /** Others have decided something since the operator looked. */
    STALE,
    /** What is stored does not allow it. */
    PRECONDITION,
    /** The balancer, or etcd, cannot do it now. */
    UNAVAILABLE,
    /** Too many ask at once. */
    EXHAUSTED
  }

  private final Kind kind;

  public Refused(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  static Refused notSynced() {
    return new Refused(Kind.UNAVAILABLE, "not synced: the balancer has not read the registry yet");
  }

  static Refused unknown(String what, String name, Collection<String> known) {
    return new Refused(
        Kind.NOT_FOUND, what + " is '" + Printable.of(name) + "' (expected: " + oneOf(known) + ")");
  }

  private static String oneOf(Collection<String> known) {
    if (known.isEmpty()) {
      return "none is registered";
    }
    String named = known.stream().sorted().limit(MOST_NAMED).collect(Collectors.joining(", "));
    int others = known.size() - MOST_NAMED;
    return "one of " + named + (others > 0 ? " and " + others + " others" : "");
  }
}
