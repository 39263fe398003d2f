package dev.lookaside.lb.rpc;

import dev.lookaside.core.witness.Reporter;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One connection to this balancer: who speaks on it, and of what it can have knowledge. It is made
 * with the connection and goes with it; what is kept of it is bounded.
 */
public final class Peer {
  /** More than one client can have in flight. */
  static final int MOST_UNREPORTED = 10_000;

  private final String origin;
  private final Reporter reporter;
  private final CallBudget budget = new CallBudget();
  private final AtomicInteger unreported = new AtomicInteger();
  private final ConcurrentMap<String, Integer> subscriptions = new ConcurrentHashMap<>();

  Peer(String origin) {
    this.origin = origin;
    this.reporter = new Reporter(origin);
  }

  public Reporter reporter() {
    return reporter;
  }

  /** Stands for its origin in tokens. */
  public int originDigest() {
    return origin.hashCode();
  }

  /** Notes that an endpoint was picked for it, and will be reported on, may be. */
  public void picked() {
    unreported.getAndAccumulate(1, (now, one) -> Math.min(MOST_UNREPORTED, now + one));
  }

  /** Whether something was picked for it that it has not reported on; that counts as reported. */
  public boolean reportOne() {
    return unreported.getAndUpdate(now -> Math.max(0, now - 1)) > 0;
  }

  public void subscribed(String service) {
    subscriptions.merge(service, 1, Integer::sum);
  }

  public void unsubscribed(String service) {
    subscriptions.computeIfPresent(service, (s, count) -> count == 1 ? null : count - 1);
  }

  public boolean isSubscribedTo(String service) {
    return subscriptions.containsKey(service);
  }

  /** Whether one process can have made so many calls more; if so, they count as made. */
  public boolean canHaveMade(long calls, long nowNanos) {
    return budget.take(calls, nowNanos);
  }

  /** Notes that the connection is gone. */
  void leave() {
    reporter.leave();
  }
}
