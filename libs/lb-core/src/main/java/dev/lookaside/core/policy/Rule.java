package dev.lookaside.core.policy;

/** How a decision was made, so that it can be made again by the same code. */
public enum Rule {
  /** There was nothing to choose from. */
  NOTHING,
  /** The first open endpoint in order of id. */
  FIRST,
  /** The next open endpoint of a rotation; {@code turn} says whose turn it was. */
  ROTATION,
  /** The lowest {@code cost} of all endpoints, or of a sample of them. */
  LEAST_OF_SAMPLE,
  /** The lower {@code cost} of two endpoints chosen at random. */
  TWO_CHOICES,
  /** A rotation by {@code weight}; {@code turn} says how far it was. */
  WEIGHTED_ROTATION,
  /** The best answer of a pool of probes. */
  PROBE_POOL,
  /** The owner of the affinity key that has {@code room}. */
  CONSISTENT_HASH
}
