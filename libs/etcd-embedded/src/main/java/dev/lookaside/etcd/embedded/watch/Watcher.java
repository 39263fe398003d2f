package dev.lookaside.etcd.embedded.watch;

import com.google.protobuf.ByteString;
import dev.lookaside.etcd.embedded.store.Change;
import dev.lookaside.etcd.embedded.store.KeyRange;
import dev.lookaside.etcd.embedded.store.Replay;
import dev.lookaside.etcd.embedded.store.Store;
import dev.lookaside.etcd.embedded.wire.Messages;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchCreateRequest.FilterType;
import java.util.List;

/** One watch: what it wants and how far it has got. */
final class Watcher {
  private static final ByteString ZERO = ByteString.copyFrom(new byte[1]);

  private static final long OVERHEAD_BYTES = 200;

  private final KeyRange range;
  private final boolean wantsPuts;
  private final boolean wantsDeletions;
  private final boolean wantsPrevious;
  private final boolean wantsProgress;
  private long next;
  private boolean idle;

  /**
   * Has seen nothing yet.
   *
   * @param now the revision of the store; without a start revision the watch begins after it
   */
  Watcher(WatchCreateRequest wish, long now) {
    this.range = new KeyRange(wish.getKey().isEmpty() ? ZERO : wish.getKey(), wish.getRangeEnd());
    this.wantsPuts = !wish.getFiltersList().contains(FilterType.NOPUT);
    this.wantsDeletions = !wish.getFiltersList().contains(FilterType.NODELETE);
    this.wantsPrevious = wish.getPrevKv();
    this.wantsProgress = wish.getProgressNotify();
    this.next = wish.getStartRevision() > 0 ? wish.getStartRevision() : now + 1;
  }

  /** About what a watch with this wish takes. */
  static long bytes(WatchCreateRequest wish) {
    return OVERHEAD_BYTES + Math.max(1, wish.getKey().size()) + wish.getRangeEnd().size();
  }

  long bytes() {
    return OVERHEAD_BYTES + range.start().size() + range.end().size();
  }

  Replay replay(Store store) {
    return store.replay(range, next);
  }

  /** Takes what was replayed; returns what is to be sent of it. */
  List<Event> take(Replay.Changes replayed) {
    next = replayed.next();
    List<Event> events =
        replayed.changes().stream()
            .filter(this::wants)
            .map(wantsPrevious ? Messages::eventWithPrevious : Messages::event)
            .toList();
    if (!events.isEmpty()) {
      idle = false;
    }
    return events;
  }

  private boolean wants(Change change) {
    return change instanceof Change.Put ? wantsPuts : wantsDeletions;
  }

  /** The next revision to look at: all before it was delivered. */
  long next() {
    return next;
  }

  /** Whether it asked for progress and had no event since it was asked the last time. */
  boolean isDueForProgress() {
    boolean due = idle && wantsProgress;
    idle = true;
    return due;
  }
}
