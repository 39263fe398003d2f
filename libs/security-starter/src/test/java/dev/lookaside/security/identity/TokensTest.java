package dev.lookaside.security.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.lookaside.security.identity.BearerTokens.Known;
import dev.lookaside.security.identity.BearerTokens.Unacceptable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TokensTest {
  private static final String CANARY = "canary-9f2d";

  @Test
  void aTokenOfTheFileStandsForItsName(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("tokens");
    Files.writeString(
        file,
        "# name and hash\nci "
            + Hashing.sha256().hashString(CANARY, StandardCharsets.UTF_8)
            + "\n");
    TokenFile tokens = TokenFile.read(file);
    assertThat(tokens.check(CANARY)).isEqualTo(new Known("ci"));
    assertThat(tokens.check("guess")).isInstanceOf(Unacceptable.class);
    assertThat(tokens.toString()).isEqualTo("1 tokens");
  }

  @Test
  void aTokenThatStandsInTheFileByMistakeIsNotQuoted(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("tokens");
    Files.writeString(file, "ci " + CANARY + "\n");
    assertThatThrownBy(() -> TokenFile.read(file))
        .hasMessageContaining("line 1")
        .hasMessageNotContaining(CANARY);
  }

  @Test
  void aSignedTokenStandsForItsSubjectAsLongAsItIsValid(@TempDir Path directory) throws Exception {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
    ECKey foreign = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
    Path file = directory.resolve("jwks.json");
    Files.writeString(file, new JWKSet(key.toPublicJWK()).toString());
    WebTokens tokens =
        WebTokens.read(file, Optional.of("https://issuer"), "lookaside", InstantSource.system());
    Instant soon = Instant.now().plus(Duration.ofMinutes(10));

    String good = signed(key, "https://issuer", "lookaside", soon);
    assertThat(tokens.check(good)).isEqualTo(new Known("ci"));
    assertThat(tokens.check(good)).isEqualTo(new Known("ci"));
    for (String bad :
        new String[] {
          signed(foreign, "https://issuer", "lookaside", soon),
          signed(key, "https://other", "lookaside", soon),
          signed(key, "https://issuer", "another", soon),
          signed(key, "https://issuer", "lookaside", Instant.now().minus(Duration.ofHours(1))),
          "eyJhbGciOiJub25lIn0.eyJzdWIiOiJjaSJ9.",
          CANARY
        }) {
      assertThat(tokens.check(bad)).isInstanceOf(Unacceptable.class);
      assertThat(tokens.check(bad).toString()).doesNotContain(CANARY);
    }
  }

  @Test
  void privateKeysHaveNoPlaceAmongPublicOnes(@TempDir Path directory) throws Exception {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
    Path file = directory.resolve("jwks.json");
    Files.writeString(file, new JWKSet(key).toString(false));
    assertThatThrownBy(
            () -> WebTokens.read(file, Optional.empty(), "lookaside", InstantSource.system()))
        .hasMessageContaining("(expected: public keys only)");
  }

  @SuppressWarnings("JavaUtilDate") // Nimbus speaks so
  private static String signed(ECKey key, String issuer, String audience, Instant until)
      throws JOSEException {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
            new JWTClaimsSet.Builder()
                .subject("ci")
                .issuer(issuer)
                .audience(audience)
                .expirationTime(Date.from(until))
                .build());
    token.sign(new ECDSASigner(key));
    return token.serialize();
  }
}
