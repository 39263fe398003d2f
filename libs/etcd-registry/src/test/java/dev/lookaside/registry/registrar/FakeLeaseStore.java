package dev.lookaside.registry.registrar;

import dev.lookaside.core.time.ManualTicker;
import dev.lookaside.registry.store.EtcdFailure;
import dev.lookaside.registry.store.EtcdFailure.Kind;
import dev.lookaside.registry.store.LeaseStore;
import dev.lookaside.registry.store.StoredKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** An etcd for one registrar, in memory, whose leases end by the test's clock. */
final class FakeLeaseStore implements LeaseStore {
  private record Granted(Duration ttl, long endsAtNanos) {}

  private final ManualTicker ticker;
  private final Map<Long, Granted> leases = new HashMap<>();
  private final Map<String, StoredKey> keys = new HashMap<>();
  private Optional<Kind> failure = Optional.empty();
  private boolean losesAnswersOfPuts;
  private long revision = 1;
  private long lastLease = 100;
  private long term = 1;
  private int calls;
  private boolean closed;

  FakeLeaseStore(ManualTicker ticker) {
    this.ticker = ticker;
  }

  void fail(Kind kind) {
    failure = Optional.of(kind);
  }

  void recover() {
    failure = Optional.empty();
  }

  /** Puts are done, but their answers do not arrive. */
  void loseAnswersOfPuts(boolean lose) {
    losesAnswersOfPuts = lose;
  }

  void newLeader() {
    term++;
    leases.replaceAll((id, granted) -> new Granted(granted.ttl(), end(granted.ttl())));
  }

  Optional<StoredKey> peek(String key) {
    expire();
    return Optional.ofNullable(keys.get(key));
  }

  void delete(String key) {
    keys.remove(key);
  }

  int calls() {
    return calls;
  }

  boolean closed() {
    return closed;
  }

  int liveLeases() {
    expire();
    return leases.size();
  }

  @Override
  public long grant(Duration ttl) throws EtcdFailure {
    call();
    leases.put(++lastLease, new Granted(ttl, end(ttl)));
    return lastLease;
  }

  @Override
  public void keepAlive(long lease) throws EtcdFailure {
    call();
    Granted granted = leases.get(lease);
    if (granted == null) {
      throw new EtcdFailure(Kind.LEASE_NOT_FOUND, "gone");
    }
    leases.put(lease, new Granted(granted.ttl(), end(granted.ttl())));
  }

  @Override
  public Optional<StoredKey> get(String key) throws EtcdFailure {
    call();
    return Optional.ofNullable(keys.get(key));
  }

  @Override
  public OptionalLong putIf(PutRequest request, long expectedModRevision) throws EtcdFailure {
    call();
    StoredKey before = keys.get(request.key());
    if (expectedModRevision != (before == null ? 0 : before.modRevision())) {
      return OptionalLong.empty();
    }
    revision++;
    long created = before == null ? revision : before.createRevision();
    keys.put(
        request.key(),
        new StoredKey(request.key(), request.value(), created, revision, request.lease()));
    if (losesAnswersOfPuts) {
      throw new EtcdFailure(Kind.UNREACHABLE, "the answer was lost");
    }
    return OptionalLong.of(revision);
  }

  @Override
  public LeaseLife life(long lease) throws EtcdFailure {
    call();
    return new LeaseLife(
        Optional.ofNullable(leases.get(lease))
            .map(granted ->
                Duration.ofSeconds(
                    Duration.ofNanos(granted.endsAtNanos() - ticker.nanos()).toSeconds())),
        term);
  }

  @Override
  public void revoke(long lease, Duration bound) throws EtcdFailure {
    call();
    leases.remove(lease);
    expire();
  }

  @Override
  public void close() {
    closed = true;
  }

  private void call() throws EtcdFailure {
    calls++;
    expire();
    if (failure.isPresent()) {
      throw new EtcdFailure(failure.get(), "scripted");
    }
  }

  private void expire() {
    leases.values().removeIf(granted -> ticker.nanos() - granted.endsAtNanos() >= 0);
    keys.values().removeIf(stored -> stored.lease() != 0 && !leases.containsKey(stored.lease()));
  }

  private long end(Duration ttl) {
    return ticker.nanos() + ttl.toNanos();
  }
}
