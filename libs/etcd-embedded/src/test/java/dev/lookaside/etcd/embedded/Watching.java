package dev.lookaside.etcd.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchEvent;
import io.etcd.jetcd.watch.WatchResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A watch whose events a test takes one after the other. */
final class Watching implements AutoCloseable, Watch.Listener {
  private static final long PATIENCE_SECONDS = 15;

  private final BlockingQueue<WatchEvent> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Throwable> errors = new LinkedBlockingQueue<>();
  private final BlockingQueue<Long> progress = new LinkedBlockingQueue<>();
  private final CountDownLatch created = new CountDownLatch(1);
  private final Watch.Watcher watcher;

  private Watching(Client client, WatchOption option, String prefix) {
    watcher = client.getWatchClient().watch(text(prefix), option, this);
  }

  static WatchOption.Builder prefix(String prefix) {
    return WatchOption.builder().isPrefix(true).withPrevKV(true).withCreateNotify(true);
  }

  /** Revision 0 is now. */
  static Watching from(Client client, long revision, String prefix) {
    return with(client, prefix(prefix).withRevision(revision).build(), prefix);
  }

  static Watching with(Client client, WatchOption option, String prefix) {
    return new Watching(client, option, prefix);
  }

  static ByteSequence text(String text) {
    return ByteSequence.from(text, StandardCharsets.UTF_8);
  }

  void awaitCreated() throws InterruptedException {
    assertThat(created.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  List<WatchEvent> events(int count) throws InterruptedException {
    List<WatchEvent> taken = new ArrayList<>();
    while (taken.size() < count) {
      taken.add(next(events));
    }
    return taken;
  }

  Throwable error() throws InterruptedException {
    return next(errors);
  }

  long progress() throws InterruptedException {
    return next(progress);
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(next).as("within %d s", PATIENCE_SECONDS).isNotNull();
    return next;
  }

  @Override
  public void onNext(WatchResponse response) {
    if (response.isCreatedNotify()) {
      created.countDown();
    } else if (response.isProgressNotify()) {
      progress.add(response.getHeader().getRevision());
    } else {
      events.addAll(response.getEvents());
    }
  }

  @Override
  public void onError(Throwable error) {
    errors.add(error);
  }

  @Override
  public void onCompleted() {}

  @Override
  public void close() {
    watcher.close();
  }
}
