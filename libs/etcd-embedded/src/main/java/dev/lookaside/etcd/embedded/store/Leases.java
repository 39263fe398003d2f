package dev.lookaside.etcd.embedded.store;

import dev.lookaside.core.time.Ticker;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * What can be done with leases. Time is the ticker's, so a step of the wall clock ends no lease.
 */
public final class Leases {
  /**
   * As etcd with its default election timeout: shorter ones could end while a leader is elected.
   */
  private static final long MIN_TTL_SECONDS = 2;

  private static final long MAX_TTL_SECONDS = 9_000_000_000L;

  private final Store store;
  private final Ticker ticker;
  private final RandomGenerator random;

  public Leases(Store store, Ticker ticker, RandomGenerator random) {
    this.store = store;
    this.ticker = ticker;
    this.random = random;
  }

  /**
   * Starts a lease.
   *
   * @param wantedId the id to use, or 0 for any
   */
  public LeaseStatus grant(long wantedId, long wantedTtlSeconds) {
    if (wantedTtlSeconds > MAX_TTL_SECONDS) {
      throw EtcdError.LEASE_TTL_TOO_LARGE.exception();
    }
    long ttl = Math.max(MIN_TTL_SECONDS, wantedTtlSeconds);
    return store.applyWithLeases((transaction, leases) -> {
      long id = wantedId == Entry.NO_LEASE ? freeId(leases) : wantedId;
      if (leases.containsKey(id)) {
        throw EtcdError.LEASE_EXISTS.exception();
      }
      if (leases.size() >= store.limits().leases()) {
        throw EtcdError.TOO_MANY_LEASES.exception();
      }
      leases.put(id, new Lease(id, ttl, ticker.nanos()));
      return new LeaseStatus(id, ttl, ttl, List.of(), transaction.revision());
    });
  }

  private long freeId(Map<Long, Lease> leases) {
    long id;
    do {
      id = random.nextLong() & Long.MAX_VALUE;
    } while (id == Entry.NO_LEASE || leases.containsKey(id));
    return id;
  }

  /** Returns the time to live in seconds that starts anew, empty if there is no such lease. */
  public OptionalLong renew(long id) {
    return store.applyWithLeases((transaction, leases) -> {
      long now = ticker.nanos();
      Lease lease = leases.get(id);
      if (lease == null) {
        return OptionalLong.empty();
      }
      if (lease.isExpired(now)) {
        end(lease, transaction, leases);
        return OptionalLong.empty();
      }
      lease.renew(now);
      return OptionalLong.of(lease.ttlSeconds());
    });
  }

  /** Ends a lease; its keys go in one revision, which is returned. */
  public long revoke(long id) {
    return store.applyWithLeases((transaction, leases) -> {
      Lease lease = leases.get(id);
      if (lease == null) {
        throw EtcdError.LEASE_NOT_FOUND.exception();
      }
      end(lease, transaction, leases);
      return transaction.revision();
    });
  }

  /** Ends the leases whose time is over; each takes its keys with it in one revision. */
  public void expire() {
    List<Long> expired =
        store.applyWithLeases((transaction, leases) -> {
          long now = ticker.nanos();
          return leases.values().stream()
              .filter(lease -> lease.isExpired(now))
              .map(Lease::id)
              .toList();
        });
    expired.forEach(this::endIfExpired);
  }

  /** It may have been renewed or revoked since it was seen. */
  private void endIfExpired(long id) {
    store.applyWithLeases((transaction, leases) -> {
      Lease lease = leases.get(id);
      if (lease != null && lease.isExpired(ticker.nanos())) {
        end(lease, transaction, leases);
      }
      return transaction.revision();
    });
  }

  private static void end(Lease lease, Transaction transaction, Map<Long, Lease> leases) {
    lease.keys().forEach(key -> transaction.delete(KeyRange.only(key)));
    leases.remove(lease.id());
  }

  public Optional<LeaseStatus> status(long id) {
    return store.applyWithLeases((transaction, leases) ->
        Optional.ofNullable(leases.get(id))
            .map(lease ->
                new LeaseStatus(
                    id,
                    lease.ttlSeconds(),
                    lease.remainingSeconds(ticker.nanos()),
                    lease.keys(),
                    transaction.revision())));
  }

  public List<Long> ids() {
    return store.applyWithLeases((transaction, leases) -> List.copyOf(leases.keySet()));
  }
}
