package dev.lookaside.etcd.embedded.store;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The keys, their history and their leases behind one lock; thread-safe. */
public final class Store {
  private final Object lock = new Object();
  private final Limits limits;
  private final Keys keys;
  private final History history;
  private final Map<Long, Lease> leases = new HashMap<>();
  private volatile Runnable committed = () -> {};

  public Store(Limits limits) {
    this.limits = limits;
    this.keys = new Keys(limits.liveBytes());
    this.history = new History(limits);
  }

  public Limits limits() {
    return limits;
  }

  /**
   * Whom to tell after each new revision: outside of the lock, on the thread that made it. It must
   * return at once.
   */
  public void onCommit(Runnable listener) {
    committed = listener;
  }

  /**
   * Runs work alone. Whatever it writes becomes one revision; if it throws, nothing has happened.
   *
   * @throws EtcdException as the work does
   */
  public <T> T apply(Function<Transaction, T> work) {
    return applyWithLeases((transaction, table) -> work.apply(transaction));
  }

  <T> T applyWithLeases(LeaseWork<T> work) {
    T result;
    boolean changed;
    synchronized (lock) {
      Transaction transaction = new Transaction(keys, history, leases);
      try {
        result = work.apply(transaction, leases);
      } catch (RuntimeException e) {
        transaction.undo();
        throw e;
      }
      changed = transaction.commit();
    }
    if (changed) {
      committed.run();
    }
    return result;
  }

  /** What changed in a range from a revision on; a part of it if it is much. */
  public Replay replay(KeyRange range, long from) {
    synchronized (lock) {
      return history.replay(range, from);
    }
  }

  public long revision() {
    synchronized (lock) {
      return history.revision();
    }
  }

  /** About what all of it takes. */
  public long bytes() {
    synchronized (lock) {
      return keys.bytes() + history.bytes();
    }
  }

  /** Work that touches leases besides keys. */
  @FunctionalInterface
  interface LeaseWork<T> {
    T apply(Transaction transaction, Map<Long, Lease> leases);
  }
}
