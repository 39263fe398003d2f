package dev.lookaside.etcd.embedded.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;

class StoreLimitsTest {
  private static final ByteString KEY = ByteString.copyFromUtf8("k");
  private static final KeyRange RANGE = KeyRange.only(KEY);
  private static final int KIB = 1 << 10;

  @Test
  void keepsTheLastRevisionsOnly() {
    Store store = new Store(new Limits(10, Long.MAX_VALUE, Long.MAX_VALUE));
    fill(store, 100, 1);
    long now = store.revision();
    assertThat(store.replay(RANGE, now - 11)).isEqualTo(new Replay.Compacted(now - 10));
    assertThat(store.replay(RANGE, now - 10))
        .isInstanceOfSatisfying(
            Replay.Changes.class, replay -> assertThat(replay.changes()).hasSize(11));
  }

  @Test
  void keepsNoMoreHistoryThanItsBytesAllow() {
    Store store = new Store(new Limits(10_000, 64 * KIB, 256 * KIB));
    fill(store, 1_000, KIB);
    assertThat(store.bytes()).isBetween(60L * KIB, 67L * KIB);
  }

  @Test
  void keepsTheNewestRevisionHoweverLargeItIs() {
    Store store = new Store(new Limits(10_000, 1, 256 * KIB));
    fill(store, 3, KIB);
    assertThat(store.replay(RANGE, store.revision()))
        .isInstanceOfSatisfying(
            Replay.Changes.class, replay -> assertThat(replay.changes()).hasSize(1));
  }

  @Test
  void refusesToGrowOverItsQuotaAndChangesNothing() {
    Store store = new Store(new Limits(10_000, 64 * KIB, KIB));
    fill(store, 1, 10);
    long before = store.revision();
    assertThatThrownBy(() -> fill(store, 1, 2 * KIB))
        .hasMessage("etcdserver: mvcc: database space exceeded");
    assertThat(store.revision()).isEqualTo(before);
  }

  @Test
  void namesALimitThatCannotBe() {
    assertThatThrownBy(() -> new Limits(0, 1, 1)).hasMessage("revisions is 0 (expected: above 0)");
  }

  private static void fill(Store store, int revisions, int bytes) {
    for (int i = 0; i < revisions; i++) {
      store.apply(transaction ->
          transaction.put(KEY, ByteString.copyFrom(new byte[bytes]), Entry.NO_LEASE));
    }
  }
}
