package dev.lookaside.security.identity;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.lookaside.core.check.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * JSON Web Tokens (RFC 7519), whose subject is the caller. Keys come from a file, so that no call
 * waits for another server. A signature is checked once for a token and minute.
 */
public final class WebTokens implements BearerTokens {
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512);
  private static final int MOST_KNOWN = 10_000;
  private static final int LONGEST = 8 * 1024;

  private record Accepted(String name, long untilMillis) {}

  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
  private final Cache<String, Accepted> accepted =
      CacheBuilder.newBuilder()
          .maximumSize(MOST_KNOWN)
          .expireAfterWrite(Duration.ofMinutes(1))
          .build();
  private final InstantSource clock;

  private WebTokens(JWKSet keys, Optional<String> issuer, String audience, InstantSource clock) {
    this.clock = clock;
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(ALGORITHMS, new ImmutableJWKSet<>(keys)));
    JWTClaimsSet.Builder exactly = new JWTClaimsSet.Builder();
    issuer.ifPresent(exactly::issuer);
    processor.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(audience, exactly.build(), Set.of("sub", "exp")));
  }

  /**
   * Tokens that are signed by the keys that the file holds now.
   *
   * @throws IllegalArgumentException naming the file and what is wrong with it
   */
  public static WebTokens read(
      Path file, Optional<String> issuer, String audience, InstantSource clock) {
    try {
      JWKSet keys = JWKSet.load(file.toFile());
      if (keys.containsNonPublicKeys()) {
        throw new IllegalArgumentException(
            "security.jwt.jwks-file is '" + file + "' (expected: public keys only)");
      }
      return new WebTokens(keys, issuer, audience, clock);
    } catch (IOException | ParseException e) {
      throw new IllegalArgumentException(
          "security.jwt.jwks-file is '" + file + "' (expected: a readable JWK set)", e);
    }
  }

  @Override
  @SuppressWarnings("JavaUtilDate") // Nimbus speaks so
  public Answer check(String token) {
    if (token.length() > LONGEST) {
      return new Unacceptable("the token is too long (expected: at most " + LONGEST + ")");
    }
    Accepted known = accepted.getIfPresent(token);
    if (known != null && clock.millis() < known.untilMillis()) {
      return new Known(known.name());
    }
    try {
      JWTClaimsSet claims = processor.process(token, null);
      accepted.put(token, new Accepted(claims.getSubject(), claims.getExpirationTime().getTime()));
      return new Known(claims.getSubject());
    } catch (ParseException e) {
      return new Unacceptable("the bearer token is unknown (expected: a signed JWT)");
    } catch (BadJOSEException | JOSEException e) {
      return new Unacceptable(
          "the token is not accepted: " + Printable.of(String.valueOf(e.getMessage())));
    }
  }
}
