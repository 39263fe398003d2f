package dev.lookaside.registry.store;

/** A call to etcd that did not do what it was asked for. */
public final class EtcdFailure extends Exception {

  /** What to do about it. */
  public enum Kind {
    /** No answer in time, no connection, no leader: ask another member. */
    UNREACHABLE,
    /** The lease is gone: take a new one. */
    LEASE_NOT_FOUND,
    /** The answer does not fit into one message: ask for less. */
    TOO_LARGE,
    /** The user may not do this, or the password is wrong: a person must act. */
    DENIED,
    /** Anything else, such as a full disk: say it and try again later. */
    REFUSED
  }

  private final Kind kind;

  public EtcdFailure(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public EtcdFailure(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
