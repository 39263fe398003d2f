package dev.lookaside.client.grpc.subscription;

import io.grpc.SynchronizationContext.ScheduledHandle;
import java.util.Optional;

/** Where the search for a balancer stands, with what belongs to that. */
sealed interface Phase {

  /** Nothing is asked before the pause is over. */
  record Waiting(ScheduledHandle retry) implements Phase {
    @Override
    public Optional<BalancerLink> where() {
      return Optional.empty();
    }

    @Override
    public void leave() {
      retry.cancel();
    }
  }

  /** A balancer is asked, and has not yet given a table. */
  record Connecting(BalancerLink link, Watchdog patience) implements Phase {
    @Override
    public Optional<BalancerLink> where() {
      return Optional.of(link);
    }

    @Override
    public void leave() {
      patience.stop();
    }
  }

  /** A balancer tells what changes. */
  record Following(BalancerLink link, Liveness liveness, long sinceNanos) implements Phase {
    @Override
    public Optional<BalancerLink> where() {
      return Optional.of(link);
    }

    @Override
    public void leave() {
      liveness.stop();
    }
  }

  /** Not started yet, or closed. */
  record Stopped() implements Phase {
    @Override
    public Optional<BalancerLink> where() {
      return Optional.empty();
    }

    @Override
    public void leave() {}
  }

  /** The balancer that is asked or followed. */
  Optional<BalancerLink> where();

  /** Cancels whatever was to happen in this phase. */
  void leave();
}
