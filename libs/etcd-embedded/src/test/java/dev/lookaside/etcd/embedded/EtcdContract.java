package dev.lookaside.etcd.embedded;

import static dev.lookaside.etcd.embedded.Watching.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.etcd.jetcd.Client;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.Lease;
import io.etcd.jetcd.Txn;
import io.etcd.jetcd.common.exception.CompactedException;
import io.etcd.jetcd.common.exception.ErrorCode;
import io.etcd.jetcd.common.exception.EtcdException;
import io.etcd.jetcd.common.exception.EtcdExceptionFactory;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.lease.LeaseTimeToLiveResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.LeaseOption;
import io.etcd.jetcd.options.PutOption;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchEvent;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What we count on in etcd, said once and held against every kind of it. */
abstract class EtcdContract {
  private final URI etcd;
  private Client client;
  private KV kv;
  private Lease leases;

  EtcdContract(URI etcd) {
    this.etcd = etcd;
  }

  @BeforeEach
  void connect() throws Exception {
    client = Client.builder().endpoints(etcd).build();
    kv = client.getKVClient();
    leases = client.getLeaseClient();
    await(kv.delete(text("a"), DeleteOption.builder().withRange(text("zzz")).build()));
  }

  @AfterEach
  void disconnect() {
    client.close();
  }

  @Test
  void countsRevisionsAndVersionsAsItGoes() throws Exception {
    long first = put("a", "1");
    long second = put("a", "2");
    KeyValue entry = get("a").getKvs().get(0);
    assertThat(second).isEqualTo(first + 1);
    assertThat(entry.getCreateRevision()).isEqualTo(first);
    assertThat(entry.getModRevision()).isEqualTo(second);
    assertThat(entry.getVersion()).isEqualTo(2);
    assertThat(entry.getValue()).isEqualTo(text("2"));
  }

  @Test
  void startsAKeyAnewAfterItWasDeleted() throws Exception {
    put("a", "1");
    assertThat(await(kv.delete(text("a"))).getDeleted()).isOne();
    long again = put("a", "2");
    KeyValue entry = get("a").getKvs().get(0);
    assertThat(entry.getCreateRevision()).isEqualTo(again);
    assertThat(entry.getVersion()).isOne();
  }

  @Test
  void deletingNothingMakesNoRevision() throws Exception {
    long before = put("a", "1");
    assertThat(await(kv.delete(text("b"))).getHeader().getRevision()).isEqualTo(before);
  }

  @Test
  void returnsThePreviousEntriesIfAsked() throws Exception {
    put("a", "1");
    KeyValue overwritten =
        await(kv.put(text("a"), text("2"), PutOption.builder().withPrevKV().build())).getPrevKv();
    assertThat(overwritten.getValue()).isEqualTo(text("1"));
    List<KeyValue> deleted =
        await(kv.delete(text("a"), DeleteOption.builder().withPrevKV(true).build())).getPrevKvs();
    assertThat(deleted).extracting(KeyValue::getValue).containsExactly(text("2"));
  }

  @Test
  void readsAPrefixInTheOrderOfKeys() throws Exception {
    for (String key : List.of("p/b", "p/c", "p/a", "q")) {
      put(key, key);
    }
    assertThat(keys(get("p/", GetOption.builder().isPrefix(true).build())))
        .containsExactly("p/a", "p/b", "p/c");
  }

  @Test
  void readsPartsOfAPrefix() throws Exception {
    for (String key : List.of("p/a", "p/b", "p/c")) {
      put(key, key);
    }
    GetResponse limited = get("p/", GetOption.builder().isPrefix(true).withLimit(2).build());
    assertThat(keys(limited)).containsExactly("p/a", "p/b");
    assertThat(limited.isMore()).isTrue();
    assertThat(limited.getCount()).isEqualTo(3);
    GetResponse counted = get("p/", GetOption.builder().isPrefix(true).withCountOnly(true).build());
    assertThat(counted.getKvs()).isEmpty();
    assertThat(counted.getCount()).isEqualTo(3);
    GetResponse bare = get("p/a", GetOption.builder().withKeysOnly(true).build());
    assertThat(bare.getKvs().get(0).getValue().isEmpty()).isTrue();
  }

  @Test
  void sortsByWhatIsAskedFor() throws Exception {
    for (String key : List.of("p/b", "p/c", "p/a")) {
      put(key, key);
    }
    GetOption newestFirst =
        GetOption.builder()
            .isPrefix(true)
            .withSortField(GetOption.SortTarget.MOD)
            .withSortOrder(GetOption.SortOrder.DESCEND)
            .build();
    assertThat(keys(get("p/", newestFirst))).containsExactly("p/a", "p/c", "p/b");
  }

  @Test
  void readsThePast() throws Exception {
    put("p/a", "1");
    long then = put("p/b", "1");
    put("p/a", "2");
    await(kv.delete(text("p/b")));
    put("p/c", "3");
    GetResponse past = get("p/", GetOption.builder().isPrefix(true).withRevision(then).build());
    assertThat(keys(past)).containsExactly("p/a", "p/b");
    assertThat(past.getKvs().get(0).getValue()).isEqualTo(text("1"));
  }

  @Test
  void refusesToReadWhatIsCompactedAndWhatIsToCome() throws Exception {
    long old = put("a", "1");
    long now = put("a", "2");
    await(kv.compact(now));
    assertThat(get("a", GetOption.builder().withRevision(now).build()).getCount()).isOne();
    assertRefused(
        kv.get(text("a"), GetOption.builder().withRevision(old).build()),
        ErrorCode.OUT_OF_RANGE,
        "etcdserver: mvcc: required revision has been compacted");
    assertRefused(
        kv.compact(old),
        ErrorCode.OUT_OF_RANGE,
        "etcdserver: mvcc: required revision has been compacted");
    assertRefused(
        kv.get(text("a"), GetOption.builder().withRevision(now + 1_000).build()),
        ErrorCode.OUT_OF_RANGE,
        "etcdserver: mvcc: required revision is a future revision");
  }

  @Test
  void createsAKeyOnlyOnceUnderAGuard() throws Exception {
    assertThat(createOnce("first").isSucceeded()).isTrue();
    TxnResponse second = createOnce("second");
    assertThat(second.isSucceeded()).isFalse();
    assertThat(second.getGetResponses().get(0).getKvs().get(0).getValue()).isEqualTo(text("first"));
  }

  private TxnResponse createOnce(String value) throws Exception {
    Cmp absent = new Cmp(text("t"), Cmp.Op.EQUAL, CmpTarget.createRevision(0));
    return await(
        kv.txn()
            .If(absent)
            .Then(Op.put(text("t"), text(value), PutOption.DEFAULT))
            .Else(Op.get(text("t"), GetOption.DEFAULT))
            .commit());
  }

  @Test
  void comparesVersionsRevisionsAndValues() throws Exception {
    long revision = put("t", "v");
    assertThat(holds(Cmp.Op.EQUAL, CmpTarget.version(1))).isTrue();
    assertThat(holds(Cmp.Op.GREATER, CmpTarget.version(1))).isFalse();
    assertThat(holds(Cmp.Op.EQUAL, CmpTarget.modRevision(revision))).isTrue();
    assertThat(holds(Cmp.Op.LESS, CmpTarget.modRevision(revision))).isFalse();
    assertThat(holds(Cmp.Op.EQUAL, CmpTarget.value(text("v")))).isTrue();
    assertThat(holds(Cmp.Op.NOT_EQUAL, CmpTarget.value(text("v")))).isFalse();
    await(kv.delete(text("t")));
    assertThat(holds(Cmp.Op.NOT_EQUAL, CmpTarget.value(text("v")))).isFalse();
  }

  private boolean holds(Cmp.Op op, CmpTarget<?> target) throws Exception {
    return await(kv.txn().If(new Cmp(text("t"), op, target)).commit()).isSucceeded();
  }

  @Test
  void makesOneRevisionOfATransaction() throws Exception {
    long before = put("t", "0");
    Txn both =
        kv.txn()
            .Then(
                Op.put(text("t/1"), text("1"), PutOption.DEFAULT),
                Op.txn(
                    new Cmp[0],
                    new Op[] {Op.put(text("t/2"), text("2"), PutOption.DEFAULT)},
                    new Op[0]),
                Op.delete(text("t"), DeleteOption.DEFAULT));
    assertThat(await(both.commit()).getHeader().getRevision()).isEqualTo(before + 1);
    assertThat(get("t", GetOption.builder().isPrefix(true).build()).getKvs())
        .extracting(KeyValue::getModRevision)
        .containsExactly(before + 1, before + 1);
  }

  @Test
  void changesNothingIfATransactionFails() throws Exception {
    long before = put("t", "0");
    PutOption unknownLease = PutOption.builder().withLeaseId(4711).build();
    assertRefused(
        kv.txn()
            .Then(
                Op.put(text("t"), text("1"), PutOption.DEFAULT),
                Op.put(text("t/1"), text("1"), unknownLease))
            .commit(),
        ErrorCode.NOT_FOUND,
        "etcdserver: requested lease not found");
    assertThat(get("t").getKvs().get(0).getModRevision()).isEqualTo(before);
  }

  @Test
  void refusesToWriteAKeyTwiceInATransaction() {
    assertRefused(
        kv.txn()
            .Then(
                Op.put(text("t"), text("1"), PutOption.DEFAULT),
                Op.put(text("t"), text("2"), PutOption.DEFAULT))
            .commit(),
        ErrorCode.INVALID_ARGUMENT,
        "etcdserver: duplicate key given in txn request");
  }

  @Test
  void tellsWhatALeaseHolds() throws Exception {
    long lease = await(leases.grant(60)).getID();
    putWithLease("l/1", lease);
    putWithLease("l/2", lease);
    put("l/2", "not leased any more");
    LeaseTimeToLiveResponse status =
        await(leases.timeToLive(lease, LeaseOption.builder().withAttachedKeys().build()));
    assertThat(status.getGrantedTTL()).isEqualTo(60);
    assertThat(status.getTTL()).isBetween(55L, 60L);
    assertThat(status.getKeys()).containsExactly(text("l/1"));
  }

  @Test
  void revokesALeaseWithItsKeysInOneRevision() throws Exception {
    long lease = await(leases.grant(60)).getID();
    putWithLease("l/1", lease);
    long last = putWithLease("l/2", lease);
    try (Watching watching = Watching.from(client, last + 1, "l/")) {
      await(leases.revoke(lease));
      assertThat(watching.events(2))
          .allMatch(event -> event.getEventType() == WatchEvent.EventType.DELETE)
          .allMatch(event -> event.getKeyValue().getModRevision() == last + 1)
          .extracting(event -> event.getKeyValue().getKey())
          .containsExactly(text("l/1"), text("l/2"));
    }
    assertRefused(
        leases.revoke(lease), ErrorCode.NOT_FOUND, "etcdserver: requested lease not found");
  }

  @Test
  void deletesTheKeysOfALeaseThatRunsOut() throws Exception {
    long lease = await(leases.grant(2)).getID();
    long last = putWithLease("l/1", lease);
    try (Watching watching = Watching.from(client, last + 1, "l/")) {
      WatchEvent event = watching.events(1).get(0);
      assertThat(event.getEventType()).isEqualTo(WatchEvent.EventType.DELETE);
      assertThat(event.getKeyValue().getModRevision()).isEqualTo(last + 1);
    }
    assertThat(await(leases.timeToLive(lease, LeaseOption.DEFAULT)).getTTL()).isEqualTo(-1);
  }

  @Test
  void renewsALeaseToItsFullTime() throws Exception {
    long lease = await(leases.grant(60)).getID();
    assertThat(await(leases.keepAliveOnce(lease)).getTTL()).isEqualTo(60);
  }

  @Test
  void renewsNoLeaseThatIsUnknown() {
    assertRefused(
        leases.keepAliveOnce(4711), ErrorCode.NOT_FOUND, "etcdserver: requested lease not found");
  }

  @Test
  void attachesNothingToAnUnknownLease() {
    assertRefused(
        kv.put(text("l/1"), text("v"), PutOption.builder().withLeaseId(4711).build()),
        ErrorCode.NOT_FOUND,
        "etcdserver: requested lease not found");
  }

  @Test
  void watchesWhatIsToCome() throws Exception {
    long before = put("w/1", "1");
    try (Watching watching = Watching.from(client, 0, "w/")) {
      watching.awaitCreated();
      put("other", "1");
      put("w/1", "2");
      await(kv.delete(text("w/1")));
      List<WatchEvent> events = watching.events(2);
      assertThat(events)
          .extracting(WatchEvent::getEventType)
          .containsExactly(WatchEvent.EventType.PUT, WatchEvent.EventType.DELETE);
      assertThat(events)
          .extracting(event -> event.getKeyValue().getModRevision())
          .containsExactly(before + 2, before + 3);
      assertThat(events.get(0).getPrevKV().getValue()).isEqualTo(text("1"));
    }
  }

  @Test
  void replaysHistoryFromARevision() throws Exception {
    long first = put("w/1", "1");
    for (int i = 2; i <= 2_500; i++) {
      put("w/1", Integer.toString(i));
    }
    try (Watching watching = Watching.from(client, first, "w/")) {
      List<WatchEvent> events = watching.events(2_500);
      for (int i = 0; i < events.size(); i++) {
        assertThat(events.get(i).getKeyValue().getModRevision()).isEqualTo(first + i);
      }
    }
  }

  @Test
  void leavesOutWhatIsFiltered() throws Exception {
    long first = put("w/1", "1");
    await(kv.delete(text("w/1")));
    WatchOption noPuts = Watching.prefix("w/").withRevision(first).withNoPut(true).build();
    try (Watching watching = Watching.with(client, noPuts, "w/")) {
      assertThat(watching.events(1).get(0).getEventType()).isEqualTo(WatchEvent.EventType.DELETE);
    }
    WatchOption noDeletes = Watching.prefix("w/").withRevision(first).withNoDelete(true).build();
    try (Watching watching = Watching.with(client, noDeletes, "w/")) {
      put("w/2", "2");
      assertThat(watching.events(2))
          .extracting(event -> event.getKeyValue().getKey())
          .containsExactly(text("w/1"), text("w/2"));
    }
  }

  @Test
  void cancelsAWatchThatStartsBeforeTheCompaction() throws Exception {
    long old = put("w/1", "1");
    put("w/1", "2");
    long now = put("w/1", "3");
    await(kv.compact(now));
    try (Watching watching = Watching.from(client, old, "w/")) {
      assertThat(watching.error())
          .isInstanceOfSatisfying(
              CompactedException.class, e -> assertThat(e.getCompactedRevision()).isEqualTo(now));
    }
    try (Watching watching = Watching.from(client, now, "w/")) {
      assertThat(watching.events(1).get(0).getKeyValue().getModRevision()).isEqualTo(now);
    }
  }

  @Test
  void tellsAWatchThatAsksHowFarItIs() throws Exception {
    WatchOption option = Watching.prefix("w/").withProgressNotify(true).build();
    try (Watching watching = Watching.with(client, option, "w/")) {
      watching.awaitCreated();
      long now = put("other", "1");
      client.getWatchClient().requestProgress();
      assertThat(watching.progress()).isEqualTo(now);
    }
  }

  private long putWithLease(String key, long lease) throws Exception {
    PutOption option = PutOption.builder().withLeaseId(lease).build();
    return await(kv.put(text(key), text("v"), option)).getHeader().getRevision();
  }

  private GetResponse get(String key) throws Exception {
    return get(key, GetOption.DEFAULT);
  }

  private GetResponse get(String key, GetOption option) throws Exception {
    return await(kv.get(text(key), option));
  }

  private long put(String key, String value) throws Exception {
    return await(kv.put(text(key), text(value))).getHeader().getRevision();
  }

  private static List<String> keys(GetResponse response) {
    return response.getKvs().stream().map(entry -> entry.getKey().toString()).toList();
  }

  private static <T> T await(CompletableFuture<T> future) throws Exception {
    return future.get(10, TimeUnit.SECONDS);
  }

  /** jetcd passes some errors on as gRPC's and some as its own. */
  private static void assertRefused(CompletableFuture<?> call, ErrorCode code, String text) {
    Throwable refusal =
        catchThrowableOfType(ExecutionException.class, () -> await(call)).getCause();
    EtcdException error = EtcdExceptionFactory.toEtcdException(refusal);
    assertThat(error.getErrorCode()).isEqualTo(code);
    assertThat(error).hasMessageContaining(text);
  }
}
