package dev.lookaside.registry.signature;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.registry.codec.EndpointCodec;
import dev.lookaside.registry.codec.RegistryKeys;
import dev.lookaside.registry.store.StoredKey;
import dev.lookaside.registry.view.Disbelief;
import dev.lookaside.registry.view.Disbelief.Cause;
import dev.lookaside.tls.CertificateNames;
import dev.lookaside.tls.LiveTls;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Believes what is signed by a certificate that is trusted now, whose owner may register this
 * service and id, for this key of this registry, and for just what the value says.
 */
public final class SignatureCheck implements RegistrationCheck {

  /** Who may register what. */
  public interface Writers {
    /**
     * Why not, if so.
     *
     * @param principal the name of the certificate
     */
    Optional<String> refusal(String principal, String service, String id);

    /** Equal as long as nothing has changed. */
    Object version();
  }

  /** What becomes of a registration without any signature; a wrong one is always refused. */
  public enum Unsigned {
    REFUSED,
    BELIEVED
  }

  /** Then it is looked at again: a clock may have been set right. */
  private static final Duration REFUSED_FOR = Duration.ofMinutes(1);

  private record Basis(List<?> authorities, Object writers) {}

  private final LiveTls tls;
  private final Writers writers;
  private final Unsigned unsigned;
  private final InstantSource clock;

  public SignatureCheck(LiveTls tls, Writers writers, Unsigned unsigned, InstantSource clock) {
    this.tls = tls;
    this.writers = writers;
    this.unsigned = unsigned;
    this.clock = clock;
  }

  @Override
  public Grounds check(
      RegistryKeys.Name name,
      StoredKey stored,
      Endpoint said,
      Optional<String> signature,
      EndpointCodec codec) {
    if (signature.isEmpty()) {
      if (unsigned == Unsigned.BELIEVED) {
        return new Grounds(basis(), Instant.MAX);
      }
      throw new Disbelief(
          Cause.UNSIGNED,
          "it is not signed (expected: a signature by the certificate of who registers)");
    }
    Jws jws = open(signature.get());
    requireTrusted(jws);
    Statement statement = statement(jws);
    requireSame(statement, name, stored, said, codec);
    String principal = principal(jws);
    Optional<String> refusal = writers.refusal(principal, name.service(), name.id());
    if (refusal.isPresent()) {
      throw new Disbelief(Cause.RIGHTS, refusal.get());
    }
    return new Grounds(basis(), statement.expires());
  }

  private static Jws open(String signature) {
    try {
      return Jws.open(Statement.TYPE, signature);
    } catch (IllegalArgumentException e) {
      throw new Disbelief(Cause.SIGNATURE, String.valueOf(e.getMessage()));
    }
  }

  private static Statement statement(Jws jws) {
    try {
      return Statement.parse(jws.payload());
    } catch (IllegalArgumentException e) {
      throw new Disbelief(Cause.SIGNATURE, String.valueOf(e.getMessage()));
    }
  }

  private void requireSame(
      Statement statement,
      RegistryKeys.Name name,
      StoredKey stored,
      Endpoint said,
      EndpointCodec codec) {
    if (!statement.isOfKey(stored.key())) {
      throw new Disbelief(
          Cause.REPLAYED,
          "the signature is of the key '" + statement.key() + "' (expected: its own)");
    }
    Instant now = clock.instant();
    if (!statement.holdsAt(now)) {
      throw new Disbelief(
          Cause.REPLAYED,
          "the signature is of "
              + statement.issued()
              + " to "
              + statement.expires()
              + " (expected: a time that includes "
              + now
              + ", of at most "
              + Statement.LONGEST_LIFE.toHours()
              + " h)");
    }
    Endpoint signed = statement.read(codec, name, stored);
    if (!signed.equals(said)) {
      throw new Disbelief(
          Cause.REPLAYED,
          "the signature is of " + signed.address() + " and of other fields than the value has");
    }
  }

  private void requireTrusted(Jws jws) {
    try {
      tls.requireTrusted(jws.chain());
    } catch (CertificateException e) {
      throw new Disbelief(Cause.CERTIFICATE, String.valueOf(e.getMessage()));
    }
  }

  private static String principal(Jws jws) {
    return CertificateNames.of(jws.chain().get(0))
        .principal()
        .orElseThrow(() ->
            new Disbelief(
                Cause.CERTIFICATE,
                "the certificate has no name (expected: a SPIFFE id or a DNS name)"));
  }

  @Override
  public Grounds now() {
    return new Grounds(basis(), clock.instant().plus(REFUSED_FOR));
  }

  @Override
  public boolean hold(Grounds grounds) {
    return grounds.basis().equals(basis()) && !clock.instant().isAfter(grounds.until());
  }

  private Basis basis() {
    return new Basis(List.of(tls.now().trust().getAcceptedIssuers()), writers.version());
  }
}
