package dev.lookaside.trials.bounds;

/** What a row needs beforehand, and what else is to be seen in it. */
interface Scene {
  Scene PLAIN = new Scene() {};

  default void prepare(BoundsFleet fleet) throws InterruptedException {}

  /** While the peer misbehaves, in words; empty if nothing. */
  default String during(BoundsFleet fleet) throws InterruptedException {
    return "";
  }

  /** When it is gone and all else is measured. */
  default String after(BoundsFleet fleet) throws InterruptedException {
    return "";
  }
}
