package dev.lookaside.registry.view;

/** Why a registration that reads well is not believed. */
public final class Disbelief extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /** What is wrong with it. */
  public enum Cause {
    /** There is no signature. */
    UNSIGNED,
    /** It is not what its certificate's key has signed. */
    SIGNATURE,
    /** It signs another key of etcd, another address or another time. */
    REPLAYED,
    /** Its certificate is not one that is trusted now. */
    CERTIFICATE,
    /** Whoever signed it may not register this. */
    RIGHTS
  }

  private final Cause why;

  public Disbelief(Cause why, String message) {
    super(message);
    this.why = why;
  }

  public Cause why() {
    return why;
  }
}
