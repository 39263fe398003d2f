package dev.lookaside.registry.watch;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.time.Backoff;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.registry.OneLine;
import dev.lookaside.registry.loop.LineLimit;
import dev.lookaside.registry.loop.OwnThread;
import dev.lookaside.registry.store.EtcdFailure;
import dev.lookaside.registry.store.PrefixStore;
import dev.lookaside.registry.store.PrefixStore.Following;
import dev.lookaside.registry.store.PrefixStore.Range;
import dev.lookaside.registry.store.WatchBatch;
import dev.lookaside.registry.watch.MassLoss.History;
import dev.lookaside.registry.watch.WatchInbox.Ended;
import dev.lookaside.registry.watch.WatchInbox.Heard;
import dev.lookaside.registry.watch.WatchInbox.Probed;
import dev.lookaside.registry.watch.WatchInbox.Signal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The watch, one turn at a time, on one thread: read everything, watch from the next revision, and
 * compare with a full read every few seconds, because no watch is believed for ever. At the first
 * doubt (an error, silence, a revision that went back) the watch is dropped and it starts over.
 */
final class RegistryWatchLoop implements OwnThread.Turns {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryWatchLoop.class);
  private static final Duration PROGRESS_EVERY = Duration.ofSeconds(1);
  private static final Duration RANGE_RETRY = Duration.ofMillis(200);
  private static final int MAX_RANGE_FAILURES = 2;

  private final PrefixStore store;
  private final String prefix;
  private final RegistryWatchSettings settings;
  private final RegistryModel model;
  private final MassLoss massLoss;
  private final Probes probes;
  private final WatchInbox inbox;
  private final ViewPublisher publisher;
  private final RegistryListener listener;
  private final Ticker ticker;
  private final Backoff.Run backoff;
  private final LineLimit failureLines;

  private @Nullable Following following;
  private long generation;
  private long followedRevision;
  private long baseRevision;
  private long revision;
  private OptionalLong clusterId = OptionalLong.empty();
  private History history = History.CONTINUOUS;
  private String resyncReason = "start";
  private int rangeFailures;
  private long heardNanos;
  private long confirmedNanos;
  private long rangeAtNanos;
  private long progressAtNanos;
  private long resyncAtNanos;

  RegistryWatchLoop(
      PrefixStore store,
      String prefix,
      RegistryWatchSettings settings,
      RegistryModel model,
      LivenessProbe probe,
      WatchInbox inbox,
      ViewPublisher publisher,
      RegistryListener listener,
      Ticker ticker,
      RandomGenerator random) {
    this.store = store;
    this.prefix = prefix;
    this.settings = settings;
    this.model = model;
    this.massLoss = new MassLoss(ticker, settings.massLossWindow());
    this.probes = new Probes(probe, inbox::probed);
    this.inbox = inbox;
    this.publisher = publisher;
    this.listener = listener;
    this.ticker = ticker;
    this.backoff = new Backoff(settings.firstBackoff(), settings.maxBackoff(), random).run();
    this.failureLines = new LineLimit(ticker, Duration.ofSeconds(10));
    this.resyncAtNanos = ticker.nanos();
  }

  @Override
  public Duration take() throws InterruptedException {
    hearSignals();
    Following open = following;
    if (open == null) {
      if (due(resyncAtNanos)) {
        resync();
      }
    } else if (due(heardNanos + settings.silence().toNanos())) {
      store.leaveMember("silence");
      drop("no sign of life for " + settings.silence());
    } else if (due(rangeAtNanos)) {
      compare();
    } else if (due(progressAtNanos)) {
      progressAtNanos = ticker.nanos() + PROGRESS_EVERY.toNanos();
      open.requestProgress();
    }
    judgeLosses();
    publisher.publishIfDue(model, revision);
    return restUntilNextTask();
  }

  // ---- what others left

  private void hearSignals() {
    Signal signal;
    while ((signal = inbox.poll()) != null) {
      if (signal instanceof Heard heard && heard.generation() == generation) {
        hear(heard.batch());
      } else if (signal instanceof Ended ended && ended.generation() == generation) {
        store.leaveMember(ended.reason());
        drop(ended.reason());
      } else if (signal instanceof Probed probed) {
        answered(probed.endpoint(), probed.serving());
      }
    }
  }

  private void hear(WatchBatch batch) {
    if (following == null) {
      return;
    }
    if (batch.revision() < followedRevision || isAnotherCluster(batch.clusterId())) {
      history = History.REWRITTEN;
      drop("revision went from " + followedRevision + " to " + batch.revision());
      return;
    }
    followedRevision = batch.revision();
    heardNanos = ticker.nanos();
    confirm();
    backoff.reset();
    for (WatchBatch.Event event : batch.events()) {
      if (event.modRevision() > baseRevision) {
        apply(event);
        revision = Math.max(revision, event.modRevision());
      }
    }
  }

  private void apply(WatchBatch.Event event) {
    if (event instanceof WatchBatch.Put put) {
      model.put(put.stored());
    } else {
      model.delete(event.key());
    }
  }

  private void answered(Endpoint endpoint, boolean serving) {
    probes.answered(endpoint);
    if (serving) {
      model.retain(endpoint);
    } else {
      model.evict(endpoint);
    }
  }

  // ---- reading everything

  private void resync() throws InterruptedException {
    try {
      accept(store.range(prefix));
      follow();
    } catch (EtcdFailure failure) {
      failed(failure);
      resyncAtNanos = ticker.nanos() + backoff.next().toNanos();
      return;
    }
    listener.resynced(resyncReason);
    probes.ask(model.retained());
  }

  /** The periodic full read beside an open watch. */
  private void compare() throws InterruptedException {
    try {
      boolean continuous = accept(store.range(prefix)) == History.CONTINUOUS;
      probes.ask(model.retained());
      if (!continuous) {
        closeFollowing();
        resyncReason = "etcd's history was rewritten";
        follow();
        listener.resynced(resyncReason);
      }
    } catch (EtcdFailure failure) {
      rangeFailures++;
      rangeAtNanos = ticker.nanos() + RANGE_RETRY.toNanos();
      boolean unreachable = failure.kind() == EtcdFailure.Kind.UNREACHABLE;
      if (following == null || !unreachable || rangeFailures >= MAX_RANGE_FAILURES) {
        drop(OneLine.of(failure.getMessage()));
        failed(failure);
      }
    }
  }

  private History accept(Range range) {
    if (range.revision() < revision || isAnotherCluster(range.clusterId())) {
      history = History.REWRITTEN;
      LOG.warn("etcd's history was rewritten: revision {} after {}", range.revision(), revision);
    }
    History found = history;
    clusterId = OptionalLong.of(range.clusterId());
    revision = range.revision();
    baseRevision = range.revision();
    rangeFailures = 0;
    rangeAtNanos = ticker.nanos() + settings.rangeEvery().toNanos();
    model.replace(range.keys());
    confirm();
    return found;
  }

  private void follow() throws EtcdFailure, InterruptedException {
    generation++;
    followedRevision = revision;
    heardNanos = ticker.nanos();
    progressAtNanos = heardNanos + PROGRESS_EVERY.toNanos();
    following = store.follow(prefix, revision + 1, inbox.sink(generation));
  }

  private void drop(String reason) {
    closeFollowing();
    resyncReason = reason;
    resyncAtNanos = ticker.nanos();
    LOG.debug("the watch of {} starts over: {}", prefix, reason);
    if (due(confirmedNanos + settings.silence().toNanos())) {
      publisher.stale(confirmedNanos);
    } else {
      resyncAtNanos += backoff.next().toNanos();
    }
  }

  private void closeFollowing() {
    Following open = following;
    following = null;
    generation++;
    if (open != null) {
      open.close();
    }
  }

  private void failed(EtcdFailure failure) {
    String reason = OneLine.of(failure.getMessage());
    publisher.stale(confirmedNanos);
    if (failure.kind() == EtcdFailure.Kind.DENIED) {
      listener.denied(reason);
    }
    if (failureLines.permits()) {
      LOG.warn("the view of {} is not in sync, trying on: {}", prefix, reason);
    }
  }

  // ---- losses

  private void judgeLosses() {
    List<Endpoint> lost = model.takeLost();
    History asFound = history;
    if (following != null) {
      history = History.CONTINUOUS;
    }
    if (lost.isEmpty()) {
      return;
    }
    List<Endpoint> suspects = massLoss.suspects(lost, model::liveCount, asFound);
    Set<Endpoint> justLost = new HashSet<>(lost);
    suspects.stream().filter(justLost::contains).forEach(model::retain);
    if (!suspects.isEmpty()) {
      LOG.warn("{} endpoints vanished from {} at once: asking them", suspects.size(), prefix);
      probes.ask(suspects);
    }
  }

  // ---- time

  private void confirm() {
    confirmedNanos = ticker.nanos();
    publisher.confirmed(confirmedNanos);
  }

  private boolean isAnotherCluster(long other) {
    return clusterId.isPresent() && clusterId.getAsLong() != other;
  }

  private boolean due(long nanos) {
    return ticker.nanos() - nanos >= 0;
  }

  private Duration restUntilNextTask() {
    long now = ticker.nanos();
    long rest =
        following == null
            ? resyncAtNanos - now
            : Math.min(
                Math.min(rangeAtNanos, progressAtNanos) - now,
                heardNanos + settings.silence().toNanos() - now);
    if (publisher.waits(model)) {
      rest = Math.min(rest, publisher.dueAtNanos() - now);
    }
    return Duration.ofNanos(Math.max(0, rest));
  }

  @Override
  public void finish() {
    closeFollowing();
    store.close();
    publisher.stale(confirmedNanos);
  }
}
