package dev.lookaside.registry.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lookaside.registry.store.EtcdFailure;
import dev.lookaside.registry.store.PrefixStore;
import dev.lookaside.registry.store.StoredKey;
import dev.lookaside.registry.store.WatchBatch;
import io.etcd.jetcd.ByteSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** An etcd for the watch that does what the test says, at once, on the test's thread. */
final class ScriptedStore implements PrefixStore {
  private final TreeMap<String, StoredKey> keys = new TreeMap<>();
  private final List<Long> watchedFrom = new ArrayList<>();
  private Optional<WatchSink> sink = Optional.empty();
  private Optional<EtcdFailure> failure = Optional.empty();
  private long clusterId = 1;
  private long revision = 10;
  private int ranges;
  private Runnable duringNextRange = () -> {};

  /** Changes the store and tells the watch, if one is open. */
  void put(String id, String value) {
    tell(List.of(new WatchBatch.Put(putSilently(id, value))));
  }

  /** Changes the store; the watch misses it. */
  @CanIgnoreReturnValue
  StoredKey putSilently(String id, String value) {
    revision++;
    StoredKey before = keys.get(key(id));
    long created = before == null ? revision : before.createRevision();
    StoredKey stored =
        new StoredKey(key(id), ByteSequence.from(value, UTF_8), created, revision, 7);
    keys.put(key(id), stored);
    return stored;
  }

  void delete(String id) {
    deleteSilently(id);
    tell(List.of(new WatchBatch.Delete(key(id), revision)));
  }

  void deleteSilently(String id) {
    revision++;
    keys.remove(key(id));
  }

  /** Loses everything and starts again at revision 1. */
  void wipe() {
    keys.clear();
    revision = 1;
  }

  void becomeAnotherCluster() {
    clusterId++;
  }

  void signOfLife() {
    tell(List.of());
  }

  void breakWatch(String reason) {
    sink.ifPresent(open -> open.ended(reason));
  }

  void fail(EtcdFailure.Kind kind) {
    failure = Optional.of(new EtcdFailure(kind, "scripted"));
  }

  void recover() {
    failure = Optional.empty();
  }

  /** What happens in etcd while the next full read is on its way. */
  void duringNextRange(Runnable changes) {
    duringNextRange = changes;
  }

  int ranges() {
    return ranges;
  }

  List<Long> watchedFrom() {
    return watchedFrom;
  }

  long revision() {
    return revision;
  }

  private void tell(List<WatchBatch.Event> events) {
    sink.ifPresent(open -> open.heard(new WatchBatch(clusterId, revision, events)));
  }

  private static String key(String id) {
    return "lookaside/worker/" + id;
  }

  @Override
  public Range range(String prefix, Consumer<List<StoredKey>> page) throws EtcdFailure {
    ranges++;
    if (failure.isPresent()) {
      throw failure.get();
    }
    Runnable meanwhile = duringNextRange;
    duringNextRange = () -> {};
    meanwhile.run();
    page.accept(List.copyOf(keys.values()));
    return new Range(clusterId, revision);
  }

  @Override
  public Following follow(String prefix, long fromRevision, WatchSink newSink) {
    watchedFrom.add(fromRevision);
    sink = Optional.of(newSink);
    return new Following() {
      @Override
      public void requestProgress() {}

      @Override
      public void close() {
        if (sink.filter(newSink::equals).isPresent()) {
          sink = Optional.empty();
        }
      }
    };
  }

  @Override
  public void leaveMember(String reason) {}

  @Override
  public void close() {}
}
