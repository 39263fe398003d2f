package dev.lookaside.core.witness;

import static java.util.Objects.requireNonNull;

/**
 * One client, as far as it can be told from others: a connection, and where it comes from. Compare
 * by identity.
 *
 * <p>Its origin is what all connections share that may be one client's. A process opens as many
 * connections as it likes, so they count as many clients only as long as there are too few origins
 * to go by, as on one machine or behind one NAT.
 */
public final class Reporter {
  private final String origin;
  private volatile boolean gone;

  /**
   * @param origin such as an address, or the name that a certificate proves
   */
  public Reporter(String origin) {
    this.origin = requireNonNull(origin, "origin");
  }

  String origin() {
    return origin;
  }

  /** Notes that it says nothing any more; what it said still counts. Again, it does nothing. */
  public void leave() {
    gone = true;
  }

  boolean isGone() {
    return gone;
  }

  @Override
  public String toString() {
    return origin;
  }
}
