package dev.lookaside.lb.admin;

import dev.lookaside.core.concurrent.DaemonThreads;
import dev.lookaside.registry.change.ControlChanges;
import dev.lookaside.registry.change.ControlChanges.Changed;
import dev.lookaside.registry.change.ControlChanges.Outcome;
import dev.lookaside.registry.change.ControlChanges.Stale;
import dev.lookaside.registry.change.ControlChanges.Unreadable;
import dev.lookaside.registry.control.ServiceControl;
import dev.lookaside.registry.store.EtcdFailure;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** Writes decisions to etcd, one after the other, on a thread of its own. */
public final class ControlWriter implements DecisionWriter, AutoCloseable {
  static final int MOST_WAITING = 64;

  private final ControlChanges changes;
  private final DecisionListener listener;
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(MOST_WAITING),
          new DaemonThreads("lookaside-control"));

  /**
   * @param changes used, and closed, by the writer's thread
   */
  public ControlWriter(ControlChanges changes, DecisionListener listener) {
    this.changes = changes;
    this.listener = listener;
  }

  @Override
  public CompletableFuture<Applied> write(
      String action, String service, String what, Note note, UnaryOperator<ServiceControl> change) {
    CompletableFuture<Applied> applied = new CompletableFuture<>();
    try {
      thread.execute(() -> {
        try {
          Applied done = apply(service, note, change);
          if (done.changed()) {
            listener.decided(action, service, what, note);
          }
          applied.complete(done);
        } catch (RuntimeException e) {
          applied.completeExceptionally(e);
        }
      });
    } catch (RejectedExecutionException e) {
      applied.completeExceptionally(
          thread.isShutdown()
              ? new Refused(Refused.Kind.UNAVAILABLE, "the balancer is shutting down")
              : new Refused(
                  Refused.Kind.EXHAUSTED,
                  MOST_WAITING + " changes wait for etcd (expected: fewer); try again later"));
    }
    return applied;
  }

  private Applied apply(String service, Note note, UnaryOperator<ServiceControl> change) {
    try {
      return applied(service, note, changes.change(service, note.expectedRevision(), change));
    } catch (IllegalArgumentException e) {
      throw new Refused(Refused.Kind.PRECONDITION, String.valueOf(e.getMessage()));
    } catch (EtcdFailure e) {
      throw new Refused(
          Refused.Kind.UNAVAILABLE,
          "etcd did not store it ("
              + e.getMessage()
              + "); look whether it holds before you try again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused(Refused.Kind.UNAVAILABLE, "the balancer is shutting down");
    }
  }

  private static Applied applied(String service, Note note, Outcome outcome) {
    if (outcome instanceof Changed changed) {
      return new Applied(changed.now().revision(), !changed.now().equals(changed.before()));
    }
    if (outcome instanceof Unreadable unreadable) {
      throw new Refused(
          Refused.Kind.PRECONDITION,
          "the key '%s' cannot be read: %s (expected: decisions; delete the key to start anew)"
              .formatted(unreadable.key(), unreadable.reason()));
    }
    throw new Refused(
        Refused.Kind.STALE,
        "expected_revision of %s is %s, but others decided something in revision %d (expected: that one; look again)"
            .formatted(
                service,
                note.expectedRevision().isPresent()
                    ? String.valueOf(note.expectedRevision().getAsLong())
                    : "not set",
                ((Stale) outcome).revision()));
  }

  /** What waits is not done; what is being written may or may not be. Idempotent. */
  @Override
  public void close() {
    thread.shutdownNow(); // whoever waits hears that the connection ends
    try {
      if (thread.awaitTermination(1, TimeUnit.SECONDS)) {
        changes.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
