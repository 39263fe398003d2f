package dev.lookaside.lb.names;

/** What is known of a host. */
public sealed interface Place {

  /**
   * It is here.
   *
   * @param host a numeric address
   */
  record Known(String host) implements Place {}

  /** It is looked up for the first time, and the answer may come any moment. */
  record Awaited() implements Place {}

  /** Nobody can say: its name was never answered for, or leads to where nobody may be led. */
  record Nowhere() implements Place {}
}
