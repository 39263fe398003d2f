package dev.lookaside.lb.proof;

import java.util.Locale;

/** Why what a client reports is not believed. */
public enum Ignored {
  /** A number is out of its range, or a list too long. */
  MALFORMED,
  /** No such endpoint, or not in this incarnation. */
  UNKNOWN,
  /** The token is none, or that of a pick of another endpoint. */
  FORGED,
  /** The pick was reported before. */
  REPLAYED,
  /** Too many picks ago to know whether it was reported before. */
  EXPIRED,
  /**
   * Another balancer, or this one before it was restarted, picked; or it was for another client.
   */
  FOREIGN,
  /** Without a token: and all that was picked for this connection is reported. */
  UNPICKED,
  /** The connection has no subscription to the service. */
  UNSUBSCRIBED,
  /** More calls than one process can make. */
  IMPLAUSIBLE;

  /** The value of the tag {@code reason}. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
