package dev.lookaside.registry.registrar;

import dev.lookaside.core.time.Ticker;
import dev.lookaside.registry.store.LeaseStore.LeaseLife;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether the holder of a key is alive, by looking at its lease for a while: a live
 * holder renews it, a dead one lets it run out. Nobody has to be connected to or asked.
 *
 * <p>The lease was renewed if what remains of it grew, or if it outlived what remained at the first
 * look by two seconds (etcd counts whole seconds and ends leases up to half a second late). A new
 * leader extends every lease, so the look starts again when the term changes.
 */
final class Contest {
  private static final Duration SLACK = Duration.ofSeconds(2);

  /** What a look at the lease says. */
  enum Verdict {
    UNDECIDED,
    HOLDER_ALIVE,
    HOLDER_GONE
  }

  private final Ticker ticker;
  private final long lease;
  private @Nullable LeaseLife first;
  private long firstNanos;
  private Duration least = Duration.ZERO;

  Contest(Ticker ticker, long lease) {
    this.ticker = ticker;
    this.lease = lease;
  }

  long lease() {
    return lease;
  }

  Verdict look(LeaseLife life) {
    if (life.remaining().isEmpty()) {
      return Verdict.HOLDER_GONE;
    }
    Duration remaining = life.remaining().get();
    LeaseLife start = first;
    if (start == null || start.term() != life.term()) {
      first = life;
      firstNanos = ticker.nanos();
      least = remaining;
      return Verdict.UNDECIDED;
    }
    Duration watched = Duration.ofNanos(ticker.nanos() - firstNanos);
    boolean outlived = watched.compareTo(start.remaining().orElse(Duration.ZERO).plus(SLACK)) > 0;
    if (remaining.compareTo(least) > 0 || outlived) {
      return Verdict.HOLDER_ALIVE;
    }
    least = remaining;
    return Verdict.UNDECIDED;
  }
}
