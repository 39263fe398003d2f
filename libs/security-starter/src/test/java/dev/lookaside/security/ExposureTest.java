package dev.lookaside.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.security.config.SecurityProperties;
import dev.lookaside.security.config.SecurityProperties.Changes;
import dev.lookaside.security.config.SecurityProperties.ClientAuth;
import dev.lookaside.security.config.SecurityProperties.Http;
import dev.lookaside.security.config.SecurityProperties.Jwt;
import dev.lookaside.security.config.SecurityProperties.Tls;
import dev.lookaside.security.config.SecurityProperties.Unsigned;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

final class ExposureTest {
  private static final SecurityProperties OPEN = properties(false, null);
  private static final SecurityProperties CLOSED = properties(true, "own");

  @Test
  void whatIsOpenToOtherMachinesIsSaidInOneLine() {
    MockEnvironment everywhere =
        new MockEnvironment()
            .withProperty("grpc.server.address", "*")
            .withProperty("local.server.port", "8080");
    assertThat(new Exposure(OPEN).warning(everywhere))
        .contains(
            "NOT PROTECTED, and reachable from other machines: gRPC is plaintext"
                + " (security.tls.bundle); everybody may call every method (security.enabled); HTTP"
                + " is plaintext (server.ssl.bundle, or server.address=127.0.0.1); see"
                + " docs/security.md");
  }

  @Test
  void nothingIsSaidOnLoopbackNorWhereAllIsProtected() {
    MockEnvironment loopback =
        new MockEnvironment()
            .withProperty("grpc.server.address", "127.0.0.1")
            .withProperty("server.address", "::1")
            .withProperty("local.server.port", "8080");
    assertThat(new Exposure(OPEN).warning(loopback)).isEmpty();
    MockEnvironment encrypted =
        new MockEnvironment()
            .withProperty("server.ssl.bundle", "own")
            .withProperty("local.server.port", "8080");
    assertThat(new Exposure(CLOSED).warning(encrypted)).isEmpty();
  }

  private static SecurityProperties properties(boolean enabled, @Nullable String bundle) {
    return new SecurityProperties(
        enabled,
        Path.of("policy.yaml"),
        null,
        new Tls(bundle, ClientAuth.NEED, List.of()),
        new Jwt(null, null, "lookaside"),
        new Http(List.of(), Changes.THIS_MACHINE),
        Unsigned.REFUSE);
  }
}
