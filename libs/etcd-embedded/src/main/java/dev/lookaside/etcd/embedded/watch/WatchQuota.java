package dev.lookaside.etcd.embedded.watch;

/** What all watches may take together. Used on the thread of the hub only. */
final class WatchQuota {
  private final long most;
  private long taken;

  WatchQuota(long most) {
    this.most = most;
  }

  boolean tryTake(long bytes) {
    if (taken + bytes > most) {
      return false;
    }
    taken += bytes;
    return true;
  }

  void giveBack(long bytes) {
    taken -= bytes;
  }

  long taken() {
    return taken;
  }
}
