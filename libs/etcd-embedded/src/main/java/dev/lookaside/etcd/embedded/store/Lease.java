package dev.lookaside.etcd.embedded.store;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** A time to live with the keys that end with it. Not thread-safe. */
final class Lease {
  private final long id;
  private final long ttlSeconds;
  private final NavigableSet<ByteString> keys = new TreeSet<>(KeyRange.ORDER);
  private long renewedNanos;

  Lease(long id, long ttlSeconds, long nowNanos) {
    this.id = id;
    this.ttlSeconds = ttlSeconds;
    this.renewedNanos = nowNanos;
  }

  long id() {
    return id;
  }

  long ttlSeconds() {
    return ttlSeconds;
  }

  void renew(long nowNanos) {
    renewedNanos = nowNanos;
  }

  boolean isExpired(long nowNanos) {
    return remainingNanos(nowNanos) <= 0;
  }

  long remainingSeconds(long nowNanos) {
    return TimeUnit.NANOSECONDS.toSeconds(Math.max(0, remainingNanos(nowNanos)));
  }

  private long remainingNanos(long nowNanos) {
    return TimeUnit.SECONDS.toNanos(ttlSeconds) - (nowNanos - renewedNanos);
  }

  void attach(ByteString key) {
    keys.add(key);
  }

  void detach(ByteString key) {
    keys.remove(key);
  }

  List<ByteString> keys() {
    return List.copyOf(keys);
  }
}
