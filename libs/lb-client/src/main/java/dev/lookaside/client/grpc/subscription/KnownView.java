package dev.lookaside.client.grpc.subscription;

import dev.lookaside.wire.SyncedView;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Which state of the registry a table is of, with a time of this process: when the registry
 * confirmed it last.
 */
record KnownView(SyncedView view, long confirmedNanos) {

  /** Views of two registries can only be told apart by time; this much of it is a delay. */
  private static final long TOLERANCE_NANOS = Duration.ofSeconds(10).toNanos();

  static KnownView of(SyncedView view, long nowNanos) {
    return new KnownView(view, nowNanos - TimeUnit.MILLISECONDS.toNanos(view.ageMillis()));
  }

  /** Whether to go from the other view to this one would be to go back. */
  boolean isOlderThan(KnownView other) {
    return view.isComparableTo(other.view)
        ? view.isOlderThan(other.view)
        : other.confirmedNanos - confirmedNanos > TOLERANCE_NANOS;
  }

  @Override
  public String toString() {
    return "registry %s at revision %d".formatted(view.registry(), view.revision());
  }
}
