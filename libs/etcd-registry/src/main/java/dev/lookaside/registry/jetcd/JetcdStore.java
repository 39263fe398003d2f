package dev.lookaside.registry.jetcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.registry.store.ControlStore;
import dev.lookaside.registry.store.EtcdFailure;
import dev.lookaside.registry.store.LeaseStore;
import dev.lookaside.registry.store.PrefixStore;
import dev.lookaside.registry.store.StoredKey;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.lease.LeaseTimeToLiveResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.LeaseOption;
import io.etcd.jetcd.options.PutOption;
import io.etcd.jetcd.options.WatchOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * All stores over jetcd. Each call goes to one member, waits for a bounded time, and on failure
 * leaves that member for the next. Used by one thread.
 */
public final class JetcdStore implements LeaseStore, PrefixStore, ControlStore {
  static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

  private final MemberCalls calls;
  private final Pages pages;

  public JetcdStore(
      EtcdSettings settings, String name, Duration tryTimeout, Duration longestTimeout) {
    this.calls = new MemberCalls(settings, name, new CallTimeout(tryTimeout, longestTimeout));
    this.pages = new Pages(calls);
  }

  @Override
  public long grant(Duration ttl) throws EtcdFailure, InterruptedException {
    return calls.call(client -> client.getLeaseClient().grant(ttl.toSeconds())).getID();
  }

  @Override
  public void keepAlive(long lease) throws EtcdFailure, InterruptedException {
    var renewed = calls.call(client -> client.getLeaseClient().keepAliveOnce(lease));
    if (renewed.getTTL() <= 0) {
      throw new EtcdFailure(EtcdFailure.Kind.LEASE_NOT_FOUND, "etcd says that the lease is over");
    }
  }

  @Override
  public Optional<StoredKey> get(String key) throws EtcdFailure, InterruptedException {
    GetResponse response = calls.call(client -> client.getKVClient().get(bytes(key)));
    return response.getKvs().stream().findFirst().map(JetcdStore::stored);
  }

  @Override
  public OptionalLong putIf(PutRequest request, long expectedModRevision)
      throws EtcdFailure, InterruptedException {
    PutOption underLease = PutOption.builder().withLeaseId(request.lease()).build();
    ByteSequence key = bytes(request.key());
    return writeIf(key, expectedModRevision, Op.put(key, request.value(), underLease));
  }

  @Override
  public OptionalLong writeIf(String name, Optional<ByteSequence> value, long expectedModRevision)
      throws EtcdFailure, InterruptedException {
    ByteSequence key = bytes(name);
    Op write =
        value
            .<Op>map(put -> Op.put(key, put, PutOption.DEFAULT))
            .orElseGet(() -> Op.delete(key, DeleteOption.DEFAULT));
    return writeIf(key, expectedModRevision, write);
  }

  private OptionalLong writeIf(ByteSequence key, long expectedModRevision, Op write)
      throws EtcdFailure, InterruptedException {
    Cmp unchanged =
        expectedModRevision == 0
            ? new Cmp(key, Cmp.Op.EQUAL, CmpTarget.createRevision(0))
            : new Cmp(key, Cmp.Op.EQUAL, CmpTarget.modRevision(expectedModRevision));
    TxnResponse response =
        calls.call(client -> client.getKVClient().txn().If(unchanged).Then(write).commit());
    return response.isSucceeded()
        ? OptionalLong.of(response.getHeader().getRevision())
        : OptionalLong.empty();
  }

  @Override
  public LeaseLife life(long lease) throws EtcdFailure, InterruptedException {
    LeaseTimeToLiveResponse response =
        calls.call(client -> client.getLeaseClient().timeToLive(lease, LeaseOption.DEFAULT));
    Optional<Duration> remaining =
        response.getTTL() < 0
            ? Optional.empty()
            : Optional.of(Duration.ofSeconds(response.getTTL()));
    return new LeaseLife(remaining, response.getHeader().getRaftTerm());
  }

  @Override
  public void revoke(long lease, Duration bound) throws EtcdFailure, InterruptedException {
    calls.call(client -> client.getLeaseClient().revoke(lease), bound);
  }

  @Override
  public Range range(String prefix, Consumer<List<StoredKey>> page)
      throws EtcdFailure, InterruptedException {
    return pages.read(bytes(prefix), prefixEnd(prefix), page);
  }

  @Override
  public Following follow(String prefix, long fromRevision, WatchSink sink) throws EtcdFailure {
    WatchOption option =
        WatchOption.builder()
            .isPrefix(true)
            .withRevision(fromRevision)
            .withProgressNotify(true)
            .withCreateNotify(true)
            .withRequireLeader(true)
            .build();
    try {
      return new JetcdFollowing(calls.client(), bytes(prefix), option, sink);
    } catch (RuntimeException e) {
      throw calls.left(e);
    }
  }

  @Override
  public void leaveMember(String reason) {
    calls.leaveMember();
  }

  @Override
  public void close() {
    calls.close();
  }

  static StoredKey stored(KeyValue kv) {
    return new StoredKey(
        kv.getKey().toString(UTF_8),
        kv.getValue(),
        kv.getCreateRevision(),
        kv.getModRevision(),
        kv.getLease());
  }

  private static ByteSequence bytes(String text) {
    return ByteSequence.from(text, UTF_8);
  }

  /** The first key after all that start so; the prefix ends with a slash, never with 0xff. */
  private static ByteSequence prefixEnd(String prefix) {
    byte[] end = prefix.getBytes(UTF_8);
    end[end.length - 1]++;
    return ByteSequence.from(end);
  }
}
