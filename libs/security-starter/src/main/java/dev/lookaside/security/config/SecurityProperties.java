package dev.lookaside.security.config;

import dev.lookaside.core.check.Require;
import dev.lookaside.tls.PeerNames;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may call this process, and how it proves who it is.
 *
 * @param enabled Whether callers need a right for each method. Needs security.policy-file and
 *     security.tls.bundle.
 * @param policyFile YAML file that says which principals have which roles; what is new in it is
 *     used from then on.
 * @param tokenFile File with the callers that are known by a bearer token, each a line of a name
 *     and the SHA-256 of the token in hexadecimal digits.
 * @param tls Certificates of this process, and whom it trusts.
 * @param jwt Callers that are known by a signed token.
 * @param http Who may ask the HTTP server for what.
 * @param unsignedRegistrations What a balancer with security.enabled does with registrations that
 *     carry no signature: refuse, or accept while workers are updated.
 */
@ConfigurationProperties("security")
public record SecurityProperties(
    @DefaultValue("false") boolean enabled,
    @Nullable Path policyFile,
    @Nullable Path tokenFile,
    @DefaultValue Tls tls,
    @DefaultValue Jwt jwt,
    @DefaultValue Http http,
    @DefaultValue("refuse") Unsigned unsignedRegistrations) {

  /**
   * One SSL bundle for the gRPC server and for the connections to other servers of the system.
   *
   * @param bundle Name of an SSL bundle below spring.ssl.bundle; plaintext if not set.
   * @param clientAuth Whether callers must show a certificate: need, want or none.
   * @param peerNames Names, of which each server that is called must have one in its certificate
   *     instead of its host, such as spiffe://example.org/worker/*.
   */
  public record Tls(
      @Nullable String bundle,
      @DefaultValue("need") ClientAuth clientAuth,
      @DefaultValue List<String> peerNames) {

    public Tls {
      List<String> names = List.copyOf(peerNames);
      Require.valid("security.tls.peer-names", () -> new PeerNames(names));
      peerNames = names;
    }

    public Optional<String> name() {
      return Optional.ofNullable(bundle);
    }

    public PeerNames expected() {
      return new PeerNames(peerNames);
    }
  }

  /**
   * JSON Web Tokens, whose subject is the caller.
   *
   * @param jwksFile File with the public keys (JWKS, RFC 7517) that tokens are signed by; what is
   *     new in it is used from then on.
   * @param issuer What a token must say of who made it; anybody if not set.
   * @param audience What a token must say of whom it is for.
   */
  public record Jwt(
      @Nullable Path jwksFile,
      @Nullable String issuer,
      @DefaultValue("lookaside") String audience) {}

  /**
   * Rights of those who come by HTTP.
   *
   * @param paths Paths that are for those with a role, such as /*; the actuator if not set.
   * @param changes Who may change anything by HTTP while security.enabled is false: this-machine or
   *     anybody.
   */
  public record Http(
      @DefaultValue List<String> paths, @DefaultValue("this-machine") Changes changes) {

    public Http {
      paths = List.copyOf(paths);
    }
  }

  /** What becomes of a registration that nobody has signed. */
  public enum Unsigned {
    REFUSE,
    ACCEPT
  }

  /** Who may change something by HTTP where nobody is asked who they are. */
  public enum Changes {
    /** Programs on this machine, and no page that a browser here shows. */
    THIS_MACHINE,
    /** Whoever reaches the port. */
    ANYBODY
  }

  /** Whether callers must show a certificate. */
  public enum ClientAuth {
    /** Each call without one is refused. */
    NEED,
    /** It is looked at if there is one. */
    WANT,
    /** None is asked for. */
    NONE
  }

  public SecurityProperties {
    if (enabled) {
      Require.that(
          tls.bundle() != null,
          "security.tls.bundle",
          "",
          "an SSL bundle, because security.enabled is true");
      Require.that(
          policyFile != null,
          "security.policy-file",
          "",
          "a YAML file, because security.enabled is true");
    }
  }
}
