package dev.lookaside.limits;

import dev.lookaside.core.time.Ticker;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The accounts of all addresses that are connected, and for a while of those that reset much. */
final class Accounts {
  private static final int MOST_KEPT = 50_000;

  private final PeerLimits limits;
  private final Ticker ticker;
  private final Account all;
  private final ConcurrentMap<PeerAddress, Account> byAddress = new ConcurrentHashMap<>();

  Accounts(PeerLimits limits, Ticker ticker) {
    this.limits = limits;
    this.ticker = ticker;
    this.all = new Account(1, ticker.nanos());
  }

  Account all() {
    return all;
  }

  int size() {
    return byAddress.size();
  }

  /** Counts one connection more; it is to be taken back by {@link #leave} whatever it answers. */
  Account enter(PeerAddress address) {
    all.connections.incrementAndGet();
    return byAddress.compute(
        address,
        (key, known) -> {
          Account account = known == null ? new Account(limits.resets(), ticker.nanos()) : known;
          account.connections.incrementAndGet();
          return account;
        });
  }

  void leave(PeerAddress address) {
    all.connections.decrementAndGet();
    byAddress.computeIfPresent(
        address,
        (key, account) -> {
          account.connections.decrementAndGet();
          return isForgettable(account) ? null : account;
        });
  }

  /** To be called from time to time. */
  void forget() {
    byAddress
        .keySet()
        .forEach(address ->
            byAddress.computeIfPresent(
                address, (key, account) -> isForgettable(account) ? null : account));
  }

  private boolean isForgettable(Account account) {
    return account.connections.get() == 0
        && (account.hasAllResets(ticker.nanos()) || byAddress.size() > MOST_KEPT);
  }

  /** Why there is no room for a connection that was counted already. */
  Optional<Refusal> connectionRefusal(Account account) {
    if (all.connections.get() > limits.connections()) {
      return Refusal.of(Limit.CONNECTIONS, "connections to this server", limits.connections());
    }
    return account.connections.get() > limits.share(limits.connections())
        ? Refusal.of(
            Limit.CONNECTIONS_PER_ADDRESS,
            "connections from one address",
            limits.share(limits.connections()))
        : Optional.empty();
  }

  /** Why there is no room for a call that was counted already. */
  Optional<Refusal> callRefusal(Account account, int most) {
    if (all.calls.get() > most) {
      return Refusal.of(Limit.CALLS, "calls to this server", most);
    }
    long share = limits.share(limits.calls());
    return account.calls.get() > share
        ? Refusal.of(Limit.CALLS_PER_ADDRESS, "calls from one address", share)
        : Optional.empty();
  }
}
