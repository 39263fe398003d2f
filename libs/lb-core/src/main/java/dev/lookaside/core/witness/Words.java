package dev.lookaside.core.witness;

/**
 * What one client says at once of one endpoint: how many of its calls ended in which way.
 *
 * @param refused calls for which the endpoint had no room
 */
public record Words(long succeeded, long failed, long refused) {
  public static final Words NONE = new Words(0, 0, 0);
  public static final Words SUCCEEDED = new Words(1, 0, 0);
  public static final Words FAILED = new Words(0, 1, 0);
  public static final Words REFUSED = new Words(0, 0, 1);

  public Words {
    if (succeeded < 0 || failed < 0 || refused < 0) {
      throw new IllegalArgumentException(
          "words are of %d, %d and %d calls (expected: not negative)"
              .formatted(succeeded, failed, refused));
    }
  }

  double total() {
    return (double) succeeded + failed + refused;
  }

  /** In which order they ended nobody knows: only if all failed, these did so in a row. */
  boolean areAllErrors() {
    return failed > 0 && succeeded == 0 && refused == 0;
  }
}
