package dev.lookaside.etcd.embedded.watch;

import dev.lookaside.etcd.embedded.store.EtcdError;
import dev.lookaside.etcd.embedded.store.Replay;
import dev.lookaside.etcd.embedded.store.Store;
import dev.lookaside.etcd.embedded.wire.Identity;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One call with any number of watchers. Used on the thread of the hub only. */
final class WatchStream {
  /** How etcd addresses the whole stream. */
  private static final long ALL_WATCHERS = -1;

  private static final int MAX_WATCHERS = 1_000;

  private final Store store;
  private final Identity identity;
  private final WatchQuota quota;
  private final ServerCallStreamObserver<WatchResponse> call;
  private final Map<Long, Watcher> watchers = new LinkedHashMap<>();
  private long nextId;
  private boolean progressWanted;
  private boolean requestWanted = true;

  WatchStream(
      Store store,
      Identity identity,
      WatchQuota quota,
      ServerCallStreamObserver<WatchResponse> call) {
    this.store = store;
    this.quota = quota;
    this.identity = identity;
    this.call = call;
  }

  void handle(WatchRequest request) {
    switch (request.getRequestUnionCase()) {
      case CREATE_REQUEST -> create(request.getCreateRequest());
      case CANCEL_REQUEST -> cancel(request.getCancelRequest().getWatchId());
      case PROGRESS_REQUEST -> progressWanted = true;
      case REQUESTUNION_NOT_SET -> {}
    }
    requestWanted = true;
    pump();
  }

  private void create(WatchCreateRequest wish) {
    long now = store.revision();
    long id = nextId++;
    if (watchers.size() >= MAX_WATCHERS) {
      refuse(id, now, "more than " + MAX_WATCHERS + " watches on one stream");
      return;
    }
    if (!quota.tryTake(Watcher.bytes(wish))) {
      refuse(id, now, "the watches of all clients take too much memory");
      return;
    }
    watchers.put(id, new Watcher(wish, now));
    call.onNext(response(id, now).setCreated(true).build());
  }

  private void refuse(long id, long now, String reason) {
    call.onNext(
        response(id, now).setCreated(true).setCanceled(true).setCancelReason(reason).build());
  }

  private boolean remove(long id) {
    Watcher gone = watchers.remove(id);
    if (gone != null) {
      quota.giveBack(gone.bytes());
    }
    return gone != null;
  }

  /** Gives back what its watchers have taken. Idempotent. */
  void close() {
    List.copyOf(watchers.keySet()).forEach(this::remove);
  }

  private void cancel(long id) {
    if (remove(id)) {
      call.onNext(response(id, store.revision()).setCanceled(true).build());
    }
  }

  /** Sends what there is as long as the caller takes it, then lets the next request in. */
  void pump() {
    boolean more = true;
    while (more && call.isReady()) {
      more = false;
      for (Map.Entry<Long, Watcher> each : List.copyOf(watchers.entrySet())) {
        more |= call.isReady() && advance(each.getKey(), each.getValue());
      }
    }
    if (progressWanted && call.isReady()) {
      progressWanted = false;
      call.onNext(response(ALL_WATCHERS, delivered()).build());
    }
    if (requestWanted && call.isReady()) {
      requestWanted = false;
      call.request(1);
    }
  }

  /** Returns whether there may be more for this watcher. */
  private boolean advance(long id, Watcher watcher) {
    Replay replay = watcher.replay(store);
    if (replay instanceof Replay.Compacted compacted) {
      var unused = remove(id);
      call.onNext(
          response(id, store.revision())
              .setCanceled(true)
              .setCompactRevision(compacted.compactRevision())
              .setCancelReason(EtcdError.COMPACTED.text())
              .build());
      return false;
    }
    long before = watcher.next();
    List<Event> events = watcher.take((Replay.Changes) replay);
    if (!events.isEmpty()) {
      call.onNext(response(id, watcher.next() - 1).addAllEvents(events).build());
    }
    return watcher.next() > before;
  }

  void notifyProgress() {
    if (call.isReady()) {
      watchers.forEach((id, watcher) -> {
        if (watcher.isDueForProgress()) {
          call.onNext(response(id, upTo(watcher)).build());
        }
      });
    }
  }

  /** Ends the call, unless that has ended already. */
  void fail(RuntimeException cause) {
    close();
    if (!call.isCancelled()) {
      call.onError(
          Status.INTERNAL
              .withDescription("the watch failed")
              .withCause(cause)
              .asRuntimeException());
    }
  }

  /** The revision up to which every watcher of this stream has got everything. */
  private long delivered() {
    return watchers.values().stream().mapToLong(this::upTo).min().orElseGet(store::revision);
  }

  /** A watch may begin in the future. */
  private long upTo(Watcher watcher) {
    return Math.min(watcher.next() - 1, store.revision());
  }

  private WatchResponse.Builder response(long id, long revision) {
    return WatchResponse.newBuilder().setWatchId(id).setHeader(identity.header(revision));
  }
}
