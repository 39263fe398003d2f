package dev.lookaside.lb.adminhttp;

/** That somebody asks about a service that they have no right to. */
final class NoRight extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoRight(String message) {
    super(message);
  }
}
