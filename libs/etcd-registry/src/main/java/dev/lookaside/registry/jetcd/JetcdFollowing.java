package dev.lookaside.registry.jetcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lookaside.registry.OneLine;
import dev.lookaside.registry.store.PrefixStore;
import dev.lookaside.registry.store.StoredKey;
import dev.lookaside.registry.store.WatchBatch;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchEvent;
import io.etcd.jetcd.watch.WatchResponse;
import java.util.List;

/**
 * One jetcd watcher, used until its first failure. jetcd would resume some failures by itself, from
 * a revision that may be too new; so the first sign of trouble ends it here, and the loop closes it
 * and starts over with a full read.
 */
final class JetcdFollowing implements PrefixStore.Following, Watch.Listener {
  private final PrefixStore.WatchSink sink;
  private final Watch.Watcher watcher;
  private volatile boolean over;

  @SuppressWarnings("this-escape")
  JetcdFollowing(
      Client client, ByteSequence prefix, WatchOption option, PrefixStore.WatchSink sink) {
    this.sink = sink;
    this.watcher = client.getWatchClient().watch(prefix, option, this);
  }

  @Override
  public void onNext(WatchResponse response) {
    if (over) {
      return;
    }
    try {
      List<WatchBatch.Event> events =
          response.getEvents().stream().map(JetcdFollowing::event).toList();
      sink.heard(
          new WatchBatch(
              response.getHeader().getClusterId(), response.getHeader().getRevision(), events));
    } catch (RuntimeException e) {
      end("a message that cannot be read: " + OneLine.of(e.toString()));
    }
  }

  @Override
  public void onError(Throwable error) {
    end(OneLine.of(error.getMessage()));
  }

  @Override
  public void onCompleted() {
    end("the watch was completed");
  }

  private void end(String reason) {
    if (!over) {
      over = true;
      sink.ended(reason);
    }
  }

  @Override
  public void requestProgress() {
    try {
      watcher.requestProgress();
    } catch (RuntimeException e) {
      onError(e);
    }
  }

  @Override
  public void close() {
    over = true;
    Quietly.close(watcher);
  }

  private static WatchBatch.Event event(WatchEvent event) {
    StoredKey stored = JetcdStore.stored(event.getKeyValue());
    return event.getEventType() == WatchEvent.EventType.DELETE
        ? new WatchBatch.Delete(event.getKeyValue().getKey().toString(UTF_8), stored.modRevision())
        : new WatchBatch.Put(stored);
  }
}
