package dev.lookaside.lb.admin;

/** Hears of every decision that an operator made here, after it was stored. */
@FunctionalInterface
public interface DecisionListener {

  /**
   * Is told once for each.
   *
   * @param action one word, such as {@code drain}
   * @param what it was done to, in words
   */
  void decided(String action, String service, String what, Note note);

  /** Tells both. */
  default DecisionListener and(DecisionListener other) {
    return (action, service, what, note) -> {
      decided(action, service, what, note);
      other.decided(action, service, what, note);
    };
  }
}
