package dev.lookaside.security.identity;

/** Whose a bearer token is. */
@FunctionalInterface
public interface BearerTokens {

  /** What is to be said of a token. */
  sealed interface Answer {}

  /** It stands for this name. */
  record Known(String name) implements Answer {}

  /**
   * It stands for nobody.
   *
   * @param reason for the caller's eyes; never the token
   */
  record Unacceptable(String reason) implements Answer {}

  Answer check(String token);

  /** Where no token is accepted. */
  static BearerTokens none() {
    return token ->
        new Unacceptable(
            "a bearer token was shown (expected: a certificate; this server takes no tokens)");
  }
}
