package dev.lookaside.registry.signature;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.registry.codec.EndpointCodec;
import dev.lookaside.registry.codec.RegistryKeys;
import dev.lookaside.tls.LiveTls;
import dev.lookaside.tls.TlsMaterial.Identity;
import io.etcd.jetcd.ByteSequence;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs a registration by the key of this process' certificate. A signature holds for a day, or as
 * long as the certificate; it is made anew at half of its time, and when the certificate changes.
 * Until then it stays the same, so that nothing is written for nothing. Used by one thread.
 */
public final class RegistrationSigner {
  private static final Logger LOG = LoggerFactory.getLogger(RegistrationSigner.class);

  private record Signed(Endpoint endpoint, Identity by, ByteSequence value, Instant renewAt) {}

  private final RegistryKeys keys;
  private final Optional<LiveTls> tls;
  private final InstantSource clock;
  private @Nullable Signed latest;
  private @Nullable Identity complainedOf;

  /**
   * @param root of the registry; a signature is good for this one only
   * @param tls what to sign with; without it, or without a certificate, nothing is signed
   */
  public RegistrationSigner(String root, Optional<LiveTls> tls, InstantSource clock) {
    this.keys = new RegistryKeys(root);
    this.tls = tls;
    this.clock = clock;
  }

  /** Signs nothing. */
  public static RegistrationSigner none() {
    return new RegistrationSigner("", Optional.empty(), () -> Instant.EPOCH);
  }

  /** The endpoint as a value in etcd, signed if there is something to sign with. */
  public ByteSequence seal(Endpoint endpoint) {
    Optional<Identity> identity = tls.flatMap(live -> live.now().identity());
    if (identity.isEmpty()) {
      return EndpointCodec.encode(endpoint);
    }
    Signed before = latest;
    if (before != null
        && before.endpoint().equals(endpoint)
        && before.by().equals(identity.get())
        && clock.instant().isBefore(before.renewAt())) {
      return before.value();
    }
    return sign(endpoint, identity.get());
  }

  private ByteSequence sign(Endpoint endpoint, Identity identity) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant longest = now.plus(Statement.LONGEST_LIFE);
    Instant end = identity.certificate().getNotAfter().toInstant();
    boolean endsWithCertificate = end.isBefore(longest);
    Statement statement = Statement.of(endpoint, keys, now, endsWithCertificate ? end : longest);
    Optional<ByteSequence> value =
        Jws.sign(Statement.TYPE, statement.toText(), identity)
            .map(jws -> EndpointCodec.encode(endpoint, jws))
            .filter(signed -> signed.size() <= EndpointCodec.MAX_VALUE_BYTES);
    if (value.isEmpty()) {
      complain(identity);
      return EndpointCodec.encode(endpoint);
    }
    // A certificate that ends sooner cannot sign for longer, however often.
    Instant renewAt =
        endsWithCertificate ? Instant.MAX : now.plus(Statement.LONGEST_LIFE.dividedBy(2));
    latest = new Signed(endpoint, identity, value.get(), renewAt);
    return value.get();
  }

  private void complain(Identity identity) {
    if (!identity.equals(complainedOf)) {
      complainedOf = identity;
      LOG.error(
          "the registration is not signed: the {} has a {} key and {} certificates (expected: an EC"
              + " or RSA key, and a chain that fits into {} bytes)",
          identity,
          identity.key().getAlgorithm(),
          identity.chain().size(),
          EndpointCodec.MAX_VALUE_BYTES);
    }
  }
}
