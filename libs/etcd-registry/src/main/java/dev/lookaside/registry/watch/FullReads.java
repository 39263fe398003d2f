package dev.lookaside.registry.watch;

import dev.lookaside.core.time.Ticker;
import dev.lookaside.registry.store.EtcdFailure;
import dev.lookaside.registry.store.PrefixStore;
import dev.lookaside.registry.store.PrefixStore.Range;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads everything under the prefix into the model, and knows when to do so next. */
final class FullReads {
  private static final Logger LOG = LoggerFactory.getLogger(FullReads.class);
  private static final Duration RETRY = Duration.ofMillis(200);
  private static final int MAX_FAILURES = 2;

  private final PrefixStore store;
  private final String prefix;
  private final RegistryModel model;
  private final Timeline timeline;
  private final Pulse pulse;
  private final Ticker ticker;
  private long nextAtNanos;
  private int failures;

  FullReads(
      PrefixStore store,
      String prefix,
      RegistryModel model,
      Timeline timeline,
      Pulse pulse,
      Ticker ticker) {
    this.store = store;
    this.prefix = prefix;
    this.model = model;
    this.timeline = timeline;
    this.pulse = pulse;
    this.ticker = ticker;
  }

  long nextAtNanos() {
    return nextAtNanos;
  }

  /** Returns whether etcd held anything else than the model. */
  boolean read() throws EtcdFailure, InterruptedException {
    RegistryModel.Reading reading = model.reading();
    Range range = store.range(prefix, page -> page.forEach(reading::take));
    long before = timeline.revision();
    timeline.read(range.clusterId(), range.revision());
    if (timeline.history() == History.REWRITTEN) {
      LOG.warn("etcd's history was rewritten: revision {} after {}", range.revision(), before);
    }
    failures = 0;
    nextAtNanos = ticker.nanos() + pulse.readEvery().toNanos();
    return reading.complete();
  }

  /** Counts a failure beside an open watch; returns whether it is too early to doubt the watch. */
  boolean mayTryAgain(EtcdFailure failure) {
    failures++;
    nextAtNanos = ticker.nanos() + RETRY.toNanos();
    return failure.kind() == EtcdFailure.Kind.UNREACHABLE && failures < MAX_FAILURES;
  }
}
