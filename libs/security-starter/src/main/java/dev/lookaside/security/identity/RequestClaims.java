package dev.lookaside.security.identity;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a request says of itself: which service it is about, and who sends it in its own words. */
public interface RequestClaims {

  /** Empty where either is not said. */
  record Claim(String service, String client) {
    public static final Claim NOTHING = new Claim("", "");
  }

  /** Empty for a message that says nothing of the kind. */
  Optional<Claim> of(@Nullable Object message);

  /** Requests that say nothing. */
  static RequestClaims none() {
    return message -> Optional.empty();
  }
}
