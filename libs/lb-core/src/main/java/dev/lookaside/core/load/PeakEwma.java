package dev.lookaside.core.load;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A moving average that believes bad news at once and good news slowly, as in Finagle's and
 * linkerd's peak EWMA.
 *
 * <pre>
 * w        = exp(−time since the last sample / decay)
 * value    = last · w
 * observe  : sample &gt; value ? sample : last · w + sample · (1 − w)
 * </pre>
 *
 * <p>It also decays while nothing is observed, so that an endpoint that was slow once is tried
 * again. Observing is lock-free and allocates; reading allocates nothing.
 */
final class PeakEwma {

  private record Level(double value, long atNanos) {}

  private static final AtomicReferenceFieldUpdater<PeakEwma, @Nullable Level> LEVEL =
      AtomicReferenceFieldUpdater.newUpdater(PeakEwma.class, Level.class, "level");

  private final Decay decay;
  private volatile @Nullable Level level;

  PeakEwma(Duration decay) {
    this.decay = Decay.of(decay);
  }

  void observe(double sample, long nowNanos) {
    LEVEL.updateAndGet(
        this,
        last -> {
          if (last == null) {
            return new Level(sample, nowNanos);
          }
          double kept = kept(last, nowNanos);
          double value = last.value * kept;
          return new Level(sample > value ? sample : value + sample * (1 - kept), nowNanos);
        });
  }

  /** Observes a sample that is only a lower bound: it may raise the value and never lowers it. */
  void observeAtLeast(double sample, long nowNanos) {
    if (sample > valueOr(0, nowNanos)) {
      observe(sample, nowNanos);
    }
  }

  /** The value, or {@code otherwise} as long as nothing was observed. */
  double valueOr(double otherwise, long nowNanos) {
    Level last = level;
    return last == null ? otherwise : last.value * kept(last, nowNanos);
  }

  private double kept(Level last, long nowNanos) {
    return decay.left(last.atNanos, nowNanos);
  }
}
