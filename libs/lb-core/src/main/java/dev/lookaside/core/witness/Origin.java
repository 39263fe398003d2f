package dev.lookaside.core.witness;

/** Where some of the voices come from: compare by identity. Guarded by their {@link Voices}. */
final class Origin {
  private int voices;
  private long round;

  void joined() {
    voices++;
  }

  /** How many are left. */
  int left() {
    return --voices;
  }

  int voices() {
    return voices;
  }

  /** Whether it is asked for the first time in a round, so that each is counted once. */
  boolean isNewIn(long round) {
    boolean isNew = this.round != round;
    this.round = round;
    return isNew;
  }
}
