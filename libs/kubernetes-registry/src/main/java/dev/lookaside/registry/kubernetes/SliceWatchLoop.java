package dev.lookaside.registry.kubernetes;

import dev.lookaside.core.time.Backoff;
import dev.lookaside.core.time.LineLimit;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.registry.loop.OwnThread;
import dev.lookaside.registry.view.RegistryListener;
import dev.lookaside.registry.view.ViewPublisher;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The watch, one turn at a time, on one thread: list, watch from there, and list again every few
 * seconds, because a connection can be dead without saying so. A watch that ends is taken up where
 * it was; after 410 Gone everything is read anew.
 */
final class SliceWatchLoop implements OwnThread.Turns {
  private static final Logger LOG = LoggerFactory.getLogger(SliceWatchLoop.class);

  private final SliceStore store;
  private final KubernetesSettings settings;
  private final Slices slices;
  private final SliceInbox inbox;
  private final ViewPublisher publisher;
  private final RegistryListener listener;
  private final Ticker ticker;
  private final Backoff.Run backoff;
  private final LineLimit lines;

  private @Nullable AutoCloseable watch;
  private long generation;
  private String listReason = "start";
  private boolean mustList = true;
  private long listed;
  private long revision;
  private long confirmedNanos;
  private long startAtNanos;
  private long listAtNanos;

  SliceWatchLoop(
      SliceStore store,
      KubernetesSettings settings,
      Slices slices,
      SliceInbox inbox,
      ViewPublisher publisher,
      RegistryListener listener,
      Ticker ticker,
      RandomGenerator random) {
    this.store = store;
    this.settings = settings;
    this.slices = slices;
    this.inbox = inbox;
    this.publisher = publisher;
    this.listener = listener;
    this.ticker = ticker;
    this.backoff = new Backoff(settings.firstBackoff(), settings.maxBackoff(), random).run();
    this.lines = new LineLimit(ticker);
    this.startAtNanos = ticker.nanos();
  }

  @Override
  public Duration take() throws InterruptedException {
    try {
      hearSignals();
      if (watch == null ? due(startAtNanos) : due(listAtNanos)) {
        read();
      }
      publisher.publishIfDue(slices, revision);
      return restUntilNextTask();
    } catch (RuntimeException | Error e) {
      over("a bug: " + e); // whatever was lost on the way is in the next list
      throw e;
    }
  }

  private void hearSignals() {
    SliceInbox.Signal signal;
    while ((signal = inbox.poll()) != null) {
      if (watch != null && signal.generation() == generation) {
        hear(signal);
      }
    }
  }

  private void hear(SliceInbox.Signal signal) {
    if (signal instanceof SliceInbox.Put put) {
      if (isNews(put.slice())) {
        slices.put(put.slice());
      }
    } else if (signal instanceof SliceInbox.Delete delete) {
      if (isNews(delete.slice())) {
        slices.delete(delete.slice().getMetadata().getName());
      }
    } else if (signal instanceof SliceInbox.Bookmark bookmark) {
      revision = Math.max(revision, bookmark.resourceVersion());
      confirm();
    } else if (signal instanceof SliceInbox.Ended ended) {
      ended(ended.failure());
    }
  }

  /** Events from before the latest list say nothing new, and may say what is over. */
  private boolean isNews(EndpointSlice slice) {
    long version = ResourceVersions.parse(slice.getMetadata().getResourceVersion());
    if (version <= listed) {
      return false;
    }
    revision = Math.max(revision, version);
    confirm();
    return true;
  }

  private void ended(SliceFailure failure) {
    closeWatch();
    LOG.debug("the watch of EndpointSlices ended: {}", failure.getMessage());
    startAtNanos = ticker.nanos();
    if (failure.kind() == SliceFailure.Kind.GONE) {
      mustList = true;
      listReason = "the watch was too far behind";
    } else {
      startAtNanos += backoff.next().toNanos();
    }
  }

  private void over(String reason) {
    closeWatch();
    mustList = true;
    listReason = reason;
    startAtNanos = ticker.nanos() + backoff.next().toNanos();
  }

  /** A list, unless the watch only has to go on where it was; then a watch, unless there is one. */
  private void read() throws InterruptedException {
    try {
      if (mustList || due(listAtNanos)) {
        list();
      }
      if (watch == null) {
        generation++;
        watch = store.watch(revision, inbox.sink(generation));
      }
    } catch (SliceFailure failure) {
      failed(failure);
      return;
    }
    backoff.reset();
  }

  private void list() throws SliceFailure, InterruptedException {
    Set<String> present = new HashSet<>();
    long version =
        store.list(page ->
            page.forEach(slice -> {
              present.add(slice.getMetadata().getName());
              slices.put(slice);
            }));
    slices.retain(present);
    if (version < revision && watch != null) { // the cluster's etcd was restored from a backup
      closeWatch();
    }
    boolean rebuilt = watch == null;
    listed = version;
    revision = version;
    mustList = false;
    listAtNanos = ticker.nanos() + settings.listEvery().toNanos();
    confirm();
    if (rebuilt) {
      listener.resynced(listReason);
      listReason = "the watch ended";
    }
  }

  private void failed(SliceFailure failure) {
    String reason = String.valueOf(failure.getMessage());
    closeWatch();
    mustList = true; // what changed meanwhile may be older than what is remembered there
    startAtNanos = ticker.nanos() + backoff.next().toNanos();
    publisher.stale(confirmedNanos);
    if (failure.kind() == SliceFailure.Kind.DENIED) {
      listener.denied(reason);
    }
    lines.write(
        failure.kind().name(),
        leftOut ->
            LOG.warn(
                "the view of EndpointSlices is not in sync, trying on: {}{}", reason, leftOut));
  }

  private void closeWatch() {
    AutoCloseable open = watch;
    watch = null;
    if (open != null) {
      try {
        open.close();
      } catch (Exception e) { // it is over in any case
        LOG.debug("a watch did not close", e);
      }
    }
  }

  private void confirm() {
    confirmedNanos = ticker.nanos();
    publisher.confirmed(confirmedNanos);
  }

  private boolean due(long nanos) {
    return ticker.nanos() - nanos >= 0;
  }

  private Duration restUntilNextTask() {
    long rest = (watch == null ? startAtNanos : listAtNanos) - ticker.nanos();
    if (publisher.waits(slices)) {
      rest = Math.min(rest, publisher.dueAtNanos() - ticker.nanos());
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
