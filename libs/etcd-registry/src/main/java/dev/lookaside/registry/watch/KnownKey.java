package dev.lookaside.registry.watch;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.registry.signature.RegistrationCheck.Grounds;
import dev.lookaside.registry.store.StoredKey;
import io.etcd.jetcd.ByteSequence;
import java.util.Optional;

/**
 * What is remembered of a key, to see whether it changed. That is never the value, which may be
 * much larger than what it says; a rewrite of a key that was skipped is read again.
 */
sealed interface KnownKey {

  static KnownKey of(StoredKey stored, Optional<Endpoint> endpoint, Grounds grounds) {
    return endpoint
        .<KnownKey>map(known ->
            new Used(
                known, hash(stored.value()), stored.createRevision(), stored.lease() != 0, grounds))
        .orElseGet(() -> new Skipped(stored.modRevision(), grounds));
  }

  private static HashCode hash(ByteSequence value) {
    return Hashing.sha256().hashBytes(value.getBytes());
  }

  Optional<Endpoint> endpoint();

  /** On which it is used or skipped. */
  Grounds grounds();

  /** A rewrite of the same value says nothing new, whatever its lease and its age. */
  boolean saysTheSameAs(StoredKey stored);

  /** A key that is an endpoint. */
  record Used(Endpoint known, HashCode value, long createRevision, boolean leased, Grounds grounds)
      implements KnownKey {
    @Override
    public Optional<Endpoint> endpoint() {
      return Optional.of(known);
    }

    @Override
    public boolean saysTheSameAs(StoredKey stored) {
      return createRevision == stored.createRevision()
          && leased == (stored.lease() != 0)
          && value.equals(hash(stored.value()));
    }
  }

  /** A key that cannot be an endpoint. */
  record Skipped(long modRevision, Grounds grounds) implements KnownKey {
    @Override
    public Optional<Endpoint> endpoint() {
      return Optional.empty();
    }

    @Override
    public boolean saysTheSameAs(StoredKey stored) {
      return modRevision == stored.modRevision();
    }
  }
}
