package dev.lookaside.registry.kubernetes;

/** Why an API server did not answer, or does not any more. */
final class SliceFailure extends Exception {
  private static final long serialVersionUID = 1;

  /** What can be done about it. */
  enum Kind {
    /** 410: the resource version is too old; everything must be read anew. */
    GONE,
    /** 401 or 403: the account may not read EndpointSlices. */
    DENIED,
    /** Anything else: try again. */
    UNAVAILABLE
  }

  private final Kind kind;

  SliceFailure(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }
}
