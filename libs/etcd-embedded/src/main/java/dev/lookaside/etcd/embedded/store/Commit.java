package dev.lookaside.etcd.embedded.store;

import java.util.List;

/** All that changed in one revision. */
record Commit(long revision, List<Change> changes) {

  long bytes() {
    long sum = 0;
    for (Change change : changes) {
      sum += change.bytes();
    }
    return sum;
  }
}
