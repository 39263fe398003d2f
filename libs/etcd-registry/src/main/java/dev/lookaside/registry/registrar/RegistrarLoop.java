package dev.lookaside.registry.registrar;

import static dev.lookaside.core.endpoint.EndpointState.DRAINING;
import static dev.lookaside.core.endpoint.EndpointState.READY;

import dev.lookaside.core.endpoint.EndpointState;
import dev.lookaside.core.time.Backoff;
import dev.lookaside.core.time.LineLimit;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.registry.OneLine;
import dev.lookaside.registry.loop.OwnThread;
import dev.lookaside.registry.registrar.RegistrarStatus.Phase;
import dev.lookaside.registry.store.EtcdFailure;
import dev.lookaside.registry.store.LeaseStore;
import dev.lookaside.registry.store.StoredKey;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registrar, one turn at a time, on one thread: without a lease it claims the key, with one it
 * renews it every third of the TTL and looks whether the key is still its own. What etcd says is
 * all it goes by; a call that failed is simply made again, since each of them may be.
 */
final class RegistrarLoop implements OwnThread.Turns {
  private static final Logger LOG = LoggerFactory.getLogger(RegistrarLoop.class);
  private static final Duration LONG_REST = Duration.ofHours(1);
  private static final Duration CONTEST_LOOK = Duration.ofMillis(500);
  private static final Duration REVOKE_BOUND = Duration.ofSeconds(1);

  private final LeaseStore store;
  private final RegistrarSettings settings;
  private final Claim claim;
  private final RegistrarListener listener;
  private final Ticker ticker;
  private final Backoff.Run backoff;
  private final LineLimit lines;
  private final DrainRequest drain;

  private volatile RegistrarStatus status = RegistrarStatus.NEW;
  private OptionalLong lease = OptionalLong.empty();
  private boolean keyMayExist;
  private EndpointState inEtcd = READY;
  private long confirmedNanos;
  private long renewAtNanos;
  private @Nullable Contest contest;

  RegistrarLoop(
      LeaseStore store,
      RegistrarSettings settings,
      Claim claim,
      RegistrarListener listener,
      DrainRequest drain,
      Ticker ticker,
      RandomGenerator random) {
    this.store = store;
    this.settings = settings;
    this.claim = claim;
    this.listener = listener;
    this.drain = drain;
    this.ticker = ticker;
    this.backoff = new Backoff(settings.firstBackoff(), settings.maxBackoff(), random).run();
    this.lines = new LineLimit(ticker);
  }

  RegistrarStatus status() {
    return status;
  }

  @Override
  public Duration take() throws InterruptedException {
    if (status.phase() == Phase.CONFLICT) {
      return LONG_REST;
    }
    try {
      return lease.isEmpty() ? claimKey() : keepKey();
    } catch (EtcdFailure failure) {
      return afterFailure(failure);
    }
  }

  private Duration claimKey() throws EtcdFailure, InterruptedException {
    if (drain.requested() && !keyMayExist) {
      status = status.in(Phase.DRAINING, "");
      drain.done();
      return LONG_REST;
    }
    if (status.phase() == Phase.NEW) {
      status = status.in(Phase.REGISTERING, "first try");
    }
    Optional<StoredKey> found = store.get(claim.key());
    if (found.isPresent() && !claim.mayTake(found.get()) && !holderIsGone(found.get())) {
      return status.phase() == Phase.CONFLICT ? LONG_REST : CONTEST_LOOK;
    }
    contest = null;
    long granted = store.grant(settings.leaseTtl());
    keyMayExist = true;
    EndpointState state = wanted();
    OptionalLong put =
        store.putIf(claim.request(state, granted), found.map(StoredKey::modRevision).orElse(0L));
    if (put.isEmpty()) {
      revokeQuietly(granted);
      return Duration.ZERO; // somebody was faster: look again who
    }
    stored(granted, put.getAsLong(), state);
    return untilRenewal();
  }

  /** Whether a foreign key is a leftover; declares the conflict if its holder is alive. */
  private boolean holderIsGone(StoredKey found) throws EtcdFailure, InterruptedException {
    Contest running = contest;
    if (running == null || running.lease() != found.lease()) {
      running = new Contest(ticker, found.lease());
      contest = running;
      status = status.in(Phase.REGISTERING, "waiting for another holder of the id to expire");
      LOG.info("{} is held by another process: waiting whether it is alive", claim.key());
    }
    Contest.Verdict verdict = running.look(store.life(found.lease()));
    if (verdict == Contest.Verdict.HOLDER_ALIVE) {
      String message = claim.conflict(found);
      status = status.in(Phase.CONFLICT, message);
      drain.done();
      LOG.error("{}", message);
      listener.conflict(message);
    }
    return verdict == Contest.Verdict.HOLDER_GONE;
  }

  private Duration keepKey() throws EtcdFailure, InterruptedException {
    if (wanted() != inEtcd) {
      ensureKey();
    }
    if (ticker.nanos() - renewAtNanos >= 0) {
      long started = ticker.nanos();
      store.keepAlive(lease.getAsLong());
      confirmedNanos = started;
      ensureKey();
      if (lease.isEmpty()) {
        return Duration.ZERO;
      }
      renewAtNanos = started + settings.renewEvery().toNanos();
      renewed();
    }
    return untilRenewal();
  }

  /** Puts the key back, or its state right, unless it is there just as it should be. */
  private void ensureKey() throws EtcdFailure, InterruptedException {
    long ours = lease.getAsLong();
    EndpointState state = wanted();
    Optional<StoredKey> found = store.get(claim.key());
    if (found.isPresent() && found.get().lease() != ours && !claim.mayTake(found.get())) {
      lose("the key was taken over by another process");
      return;
    }
    boolean asItShouldBe =
        found.isPresent()
            && found.get().lease() == ours
            && found.get().value().equals(claim.value(state));
    if (asItShouldBe) {
      claim.put(found.get().modRevision());
      inEtcd = state;
      if (state == DRAINING) {
        drain.done();
      }
      return;
    }
    if (found.isEmpty()) {
      lines.write(
          "the key was deleted",
          leftOut ->
              LOG.warn(
                  "{} is gone though its lease is alive: putting it back{}", claim.key(), leftOut));
      listener.lost("the key was deleted");
    }
    OptionalLong put =
        store.putIf(claim.request(state, ours), found.map(StoredKey::modRevision).orElse(0L));
    if (put.isPresent()) {
      stored(ours, put.getAsLong(), state);
    }
  }

  private void stored(long underLease, long revision, EndpointState state) {
    claim.put(revision);
    backoff.reset();
    boolean newLease = lease.isEmpty();
    lease = OptionalLong.of(underLease);
    inEtcd = state;
    if (newLease) {
      confirmedNanos = ticker.nanos();
      renewAtNanos = confirmedNanos + settings.renewEvery().toNanos();
    }
    status =
        status.registeredAt(confirmedNanos, state == DRAINING ? Phase.DRAINING : Phase.REGISTERED);
    LOG.info(
        "{} is in etcd as {} under lease {}", claim.key(), state, Long.toHexString(underLease));
    listener.registered(underLease);
    if (state == DRAINING) {
      drain.done();
    }
  }

  private void renewed() {
    backoff.reset();
    boolean wasLost = status.phase() == Phase.REGISTERING;
    status = status.renewedAt(confirmedNanos);
    if (wasLost) {
      status = status.in(inEtcd == DRAINING ? Phase.DRAINING : Phase.REGISTERED, "");
      LOG.info("{}: etcd has kept the lease", claim.key());
      listener.registered(lease.getAsLong());
    }
    listener.renewed();
  }

  private Duration afterFailure(EtcdFailure failure) {
    String reason = OneLine.ofFailure(failure.getMessage());
    if (failure.kind() == EtcdFailure.Kind.LEASE_NOT_FOUND) {
      lose("the lease is gone");
      return Duration.ZERO;
    }
    if (failure.kind() == EtcdFailure.Kind.DENIED) {
      listener.denied(reason);
    }
    boolean overdue = ticker.nanos() - confirmedNanos > settings.leaseTtl().toNanos();
    if (lease.isPresent() && overdue && status.phase() == Phase.REGISTERED) {
      listener.lost("not renewed for longer than its TTL: " + reason);
      status = status.in(Phase.REGISTERING, reason);
    } else {
      status = status.in(status.phase(), reason);
    }
    lines.write(
        failure.kind().name(),
        leftOut -> LOG.warn("{} is not confirmed, trying on: {}{}", claim.key(), reason, leftOut));
    boolean patient = lease.isEmpty() || overdue || failure.kind() == EtcdFailure.Kind.DENIED;
    return patient ? backoff.next() : settings.retryPause();
  }

  private void lose(String reason) {
    lease = OptionalLong.empty();
    keyMayExist = false;
    if (status.phase() != Phase.DRAINING) {
      status = status.in(Phase.REGISTERING, reason);
    }
    lines.write(
        reason, leftOut -> LOG.warn("{}: {}: registering again{}", claim.key(), reason, leftOut));
    listener.lost(reason);
  }

  @Override
  public void finish() {
    lease.ifPresent(this::revokeQuietly);
    lease = OptionalLong.empty();
    store.close();
    drain.done();
    status = status.in(Phase.CLOSED, "");
  }

  private void revokeQuietly(long granted) {
    try {
      store.revoke(granted, REVOKE_BOUND);
    } catch (EtcdFailure failure) {
      LOG.info("{}: the lease will end by itself: {}", claim.key(), failure.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private EndpointState wanted() {
    return drain.requested() ? DRAINING : READY;
  }

  private Duration untilRenewal() {
    return Duration.ofNanos(Math.max(0, renewAtNanos - ticker.nanos()));
  }
}
