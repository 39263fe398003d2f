package dev.lookaside.core.policy;

/**
 * Turns numbers that are alike into numbers that are not, the same on every machine: for hashes
 * that balancers must agree on, and for samples that follow from a seed. Not for secrets.
 */
public final class Mix {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  private Mix() {}

  /** The finalizer of SplitMix64. */
  public static long of(long z) {
    long y = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long x = (y ^ (y >>> 27)) * 0x94D049BB133111EBL;
    return x ^ (x >>> 31);
  }

  /** The {@code index}th of the numbers that follow from a seed. */
  public static long of(long seed, int index) {
    return of(seed + index * GOLDEN_GAMMA);
  }

  /** FNV-1a of the characters, finished by SplitMix64. */
  public static long of(String text) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    return of(hash);
  }
}
