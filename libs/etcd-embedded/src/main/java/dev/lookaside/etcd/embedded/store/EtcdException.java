package dev.lookaside.etcd.embedded.store;

/** A request was refused, and nothing has changed. */
public final class EtcdException extends RuntimeException {
  private final EtcdError error;

  EtcdException(EtcdError error) {
    super(error.text(), null, false, false);
    this.error = error;
  }

  public EtcdError error() {
    return error;
  }
}
