package dev.lookaside.etcd.embedded.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.lookaside.core.time.ManualTicker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeasesTest {
  private static final KeyRange ALL = new KeyRange(key("a"), key("z"));

  private final ManualTicker ticker = new ManualTicker();
  private final Store store = new Store(Limits.forHeap(16 << 20));
  private final Leases leases = new Leases(store, ticker, new Random(1));

  @Test
  void takesTheKeysOfAnExpiredLeaseInOneRevision() {
    leases.grant(7, 10);
    put("a", 7);
    long last = put("b", 7);
    put("c", Entry.NO_LEASE);
    ticker.advance(Duration.ofSeconds(10));
    leases.expire();
    assertThat(keys()).containsExactly(key("c"));
    assertThat(store.revision()).isEqualTo(last + 2);
    assertThat(leases.ids()).isEmpty();
  }

  @Test
  void keepsALeaseUntilItsLastNanosecond() {
    leases.grant(7, 10);
    put("a", 7);
    ticker.advance(Duration.ofSeconds(10).minusNanos(1));
    leases.expire();
    assertThat(keys()).hasSize(1);
    assertThat(leases.renew(7)).hasValue(10);
    ticker.advance(Duration.ofSeconds(10).minusNanos(1));
    leases.expire();
    assertThat(keys()).hasSize(1);
  }

  @Test
  void renewsNoLeaseThatIsOverButNotYetSwept() {
    leases.grant(7, 10);
    put("a", 7);
    ticker.advance(Duration.ofSeconds(10));
    assertThat(leases.renew(7)).isEmpty();
    assertThat(keys()).isEmpty();
  }

  @Test
  void refusesMoreLeasesThanItCanKeep() {
    for (int id = 1; id <= Limits.forHeap(16 << 20).leases(); id++) {
      leases.grant(id, 9_000_000_000L);
    }
    assertThatThrownBy(() -> leases.grant(Entry.NO_LEASE, 10))
        .hasMessage("etcdserver: too many leases");
  }

  @Test
  void leavesAKeyAloneThatHasMovedToAnotherLease() {
    leases.grant(7, 10);
    leases.grant(8, 20);
    put("a", 7);
    put("a", 8);
    leases.revoke(7);
    assertThat(keys()).hasSize(1);
    assertThat(leases.status(8).map(LeaseStatus::keys)).isEqualTo(Optional.of(List.of(key("a"))));
  }

  @Test
  void givesAKeyBackToItsLeaseIfATransactionFails() {
    leases.grant(7, 10);
    put("a", 7);
    assertThatThrownBy(() ->
            store.apply(transaction -> {
              transaction.delete(ALL);
              transaction.put(key("b"), ByteString.EMPTY, 4711);
              return null;
            }))
        .isInstanceOf(EtcdException.class);
    assertThat(keys()).containsExactly(key("a"));
    leases.revoke(7);
    assertThat(keys()).isEmpty();
  }

  @Test
  void grantsAnIdOnceAndNoTimeThatIsTooShortOrTooLong() {
    assertThat(leases.grant(7, -1).grantedSeconds()).isEqualTo(2);
    assertThatThrownBy(() -> leases.grant(7, 10)).hasMessage("etcdserver: lease already exists");
    assertThatThrownBy(() -> leases.grant(8, 9_000_000_001L))
        .hasMessage("etcdserver: too large lease TTL");
  }

  private long put(String key, long lease) {
    return store.apply(transaction -> {
      transaction.put(key(key), ByteString.EMPTY, lease);
      return transaction.revision();
    });
  }

  private List<ByteString> keys() {
    return store.apply(transaction -> List.copyOf(transaction.range(ALL).keySet()));
  }

  private static ByteString key(String key) {
    return ByteString.copyFromUtf8(key);
  }
}
