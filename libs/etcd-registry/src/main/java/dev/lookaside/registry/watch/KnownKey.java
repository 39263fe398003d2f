package dev.lookaside.registry.watch;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.registry.store.StoredKey;
import io.etcd.jetcd.ByteSequence;
import java.util.Optional;

/**
 * What is remembered of a key, to see whether it changed. Of one that was skipped that is not the
 * value, which may be as large as etcd allows: a rewrite of it is read again.
 */
sealed interface KnownKey {

  static KnownKey of(StoredKey stored, Optional<Endpoint> endpoint) {
    return endpoint
        .<KnownKey>map(
            known -> new Used(known, stored.value(), stored.createRevision(), stored.lease() != 0))
        .orElseGet(() -> new Skipped(stored.modRevision()));
  }

  Optional<Endpoint> endpoint();

  /** A rewrite of the same value says nothing new, whatever its lease and its age. */
  boolean saysTheSameAs(StoredKey stored);

  /** A key that is an endpoint. */
  record Used(Endpoint known, ByteSequence value, long createRevision, boolean leased)
      implements KnownKey {
    @Override
    public Optional<Endpoint> endpoint() {
      return Optional.of(known);
    }

    @Override
    public boolean saysTheSameAs(StoredKey stored) {
      return createRevision == stored.createRevision()
          && leased == (stored.lease() != 0)
          && value.equals(stored.value());
    }
  }

  /** A key that cannot be an endpoint. */
  record Skipped(long modRevision) implements KnownKey {
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
