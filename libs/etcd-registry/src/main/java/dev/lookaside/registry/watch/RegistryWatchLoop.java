package dev.lookaside.registry.watch;

import dev.lookaside.core.time.Backoff;
import dev.lookaside.core.time.LineLimit;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.registry.OneLine;
import dev.lookaside.registry.loop.OwnThread;
import dev.lookaside.registry.store.EtcdFailure;
import dev.lookaside.registry.store.PrefixStore;
import dev.lookaside.registry.store.WatchBatch;
import dev.lookaside.registry.view.RegistryListener;
import dev.lookaside.registry.view.ViewPublisher;
import dev.lookaside.registry.watch.WatchInbox.Ended;
import dev.lookaside.registry.watch.WatchInbox.Heard;
import dev.lookaside.registry.watch.WatchInbox.Probed;
import dev.lookaside.registry.watch.WatchInbox.Signal;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The watch, one turn at a time, on one thread: read everything, watch from the next revision, and
 * compare with a full read every few seconds, because no watch is believed for ever. At the first
 * doubt (an error, silence, a revision that went back) the watch is dropped and it starts over.
 *
 * <p>What it knows is kept by others: {@link Timeline} of etcd's history, {@link OpenWatch} of the
 * watch, {@link Pulse} of the way there, {@link FullReads} of when to read, {@link Losses} of
 * endpoints that vanished.
 */
final class RegistryWatchLoop implements OwnThread.Turns {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryWatchLoop.class);

  private final PrefixStore store;
  private final String prefix;
  private final RegistryWatchSettings settings;
  private final RegistryModel model;
  private final Losses losses;
  private final WatchInbox inbox;
  private final ViewPublisher publisher;
  private final RegistryListener listener;
  private final Ticker ticker;
  private final Backoff.Run backoff;
  private final LineLimit lines;
  private final Timeline timeline = new Timeline();
  private final Pulse pulse;
  private final FullReads reads;

  private @Nullable OpenWatch watch;
  private long generation;
  private String startReason = "start";
  private long startAtNanos;
  private long confirmedNanos;

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
    this.losses =
        new Losses(model, new MassLoss(ticker, settings.massLossWindow()), probe, inbox::probed);
    this.inbox = inbox;
    this.publisher = publisher;
    this.listener = listener;
    this.ticker = ticker;
    this.backoff = new Backoff(settings.firstBackoff(), settings.maxBackoff(), random).run();
    this.lines = new LineLimit(ticker);
    this.pulse = new Pulse(settings);
    this.reads = new FullReads(store, prefix, model, timeline, pulse, ticker);
    this.startAtNanos = ticker.nanos();
  }

  @Override
  public Duration take() throws InterruptedException {
    try {
      hearSignals();
      OpenWatch open = watch;
      if (open != null) {
        keep(open);
      } else if (due(startAtNanos)) {
        start();
      }
      losses.judge(timeline.history());
      if (watch != null) {
        timeline.followed();
      }
      publisher.publishIfDue(model, timeline.revision());
      return restUntilNextTask();
    } catch (RuntimeException | Error e) {
      drop("a bug: " + e); // whatever was lost on the way is in the next full read
      throw e;
    }
  }

  private void hearSignals() {
    Signal signal;
    while ((signal = inbox.poll()) != null) {
      OpenWatch open = watch;
      if (signal instanceof Probed probed) {
        losses.answered(probed.endpoint(), probed.serving());
      } else if (open != null
          && signal instanceof Heard heard
          && heard.generation() == open.generation()) {
        hear(open, heard.batch());
      } else if (open != null
          && signal instanceof Ended ended
          && ended.generation() == open.generation()) {
        store.leaveMember(ended.reason());
        drop(ended.reason());
      }
    }
  }

  private void hear(OpenWatch open, WatchBatch batch) {
    if (!timeline.continues(batch.clusterId(), batch.revision(), open.revision())) {
      timeline.rewritten();
      drop("revision went from " + open.revision() + " to " + batch.revision());
      return;
    }
    open.heard(batch, ticker.nanos());
    if (open.hasAnswered()) {
      pulse.answered();
    }
    confirm();
    backoff.reset();
    for (WatchBatch.Event event : batch.events()) {
      if (timeline.isNews(event.modRevision())) {
        apply(event);
        timeline.applied(event.modRevision());
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

  private void start() throws InterruptedException {
    try {
      read();
      follow();
    } catch (EtcdFailure failure) {
      failed(failure);
      startAtNanos = ticker.nanos() + backoff.next().toNanos();
      return;
    }
    listener.resynced(startReason);
    losses.askRetained();
  }

  private void keep(OpenWatch open) throws InterruptedException {
    if (pulse.isExpected() && due(open.silentAtNanos(settings.silence()))) {
      pulse.silent(open);
      store.leaveMember("silence");
      drop("no sign of life for " + settings.silence());
    } else if (due(reads.nextAtNanos())) {
      compare(open);
    } else if (due(open.progressAtNanos())) {
      open.requestProgress(ticker.nanos());
    }
  }

  /** The periodic full read beside an open watch. */
  private void compare(OpenWatch open) throws InterruptedException {
    try {
      boolean found = read();
      model.forgetOld();
      losses.askRetained();
      if (timeline.history() == History.REWRITTEN) {
        closeWatch();
        startReason = "etcd's history was rewritten";
        follow();
        listener.resynced(startReason);
      } else if (found && open.missedAgain()) {
        store.leaveMember("a watch that tells nothing");
        drop("the watch told nothing of what was read");
      }
    } catch (EtcdFailure failure) {
      if (!reads.mayTryAgain(failure) || watch == null) {
        drop(OneLine.ofFailure(failure.getMessage()));
        failed(failure);
      }
    }
  }

  private boolean read() throws EtcdFailure, InterruptedException {
    boolean found = reads.read();
    confirm();
    return found;
  }

  private void follow() throws EtcdFailure, InterruptedException {
    generation++;
    long revision = timeline.revision();
    watch =
        new OpenWatch(
            generation,
            store.follow(prefix, revision + 1, inbox.sink(generation)),
            revision,
            ticker.nanos());
  }

  private void drop(String reason) {
    closeWatch();
    startReason = reason;
    startAtNanos = ticker.nanos();
    LOG.debug("the watch of {} starts over: {}", prefix, reason);
    if (due(confirmedNanos + settings.silence().toNanos())) {
      publisher.stale(confirmedNanos);
    } else {
      startAtNanos += backoff.next().toNanos();
    }
  }

  private void closeWatch() {
    OpenWatch open = watch;
    watch = null;
    if (open != null) {
      open.close();
    }
  }

  private void failed(EtcdFailure failure) {
    String reason = OneLine.ofFailure(failure.getMessage());
    publisher.stale(confirmedNanos);
    if (failure.kind() == EtcdFailure.Kind.DENIED) {
      listener.denied(reason);
    }
    lines.write(
        failure.kind().name(),
        leftOut ->
            LOG.warn("the view of {} is not in sync, trying on: {}{}", prefix, reason, leftOut));
  }

  private void confirm() {
    confirmedNanos = ticker.nanos();
    publisher.confirmed(confirmedNanos);
  }

  private boolean due(long nanos) {
    return ticker.nanos() - nanos >= 0;
  }

  private Duration restUntilNextTask() {
    long now = ticker.nanos();
    OpenWatch open = watch;
    long rest = startAtNanos - now;
    if (open != null) {
      rest = Math.min(reads.nextAtNanos(), open.progressAtNanos()) - now;
      if (pulse.isExpected()) {
        rest = Math.min(rest, open.silentAtNanos(settings.silence()) - now);
      }
    }
    if (publisher.waits(model)) {
      rest = Math.min(rest, publisher.dueAtNanos() - now);
    }
    return Duration.ofNanos(Math.max(0, rest));
  }

  @Override
  public void finish() {
    closeWatch();
    store.close();
    publisher.stale(confirmedNanos);
  }
}
