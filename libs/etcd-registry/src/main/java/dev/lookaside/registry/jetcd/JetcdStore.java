package dev.lookaside.registry.jetcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lookaside.core.concurrent.DaemonThreads;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.registry.store.EtcdFailure;
import dev.lookaside.registry.store.LeaseStore;
import dev.lookaside.registry.store.PrefixStore;
import dev.lookaside.registry.store.StoredKey;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.lease.LeaseTimeToLiveResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.LeaseOption;
import io.etcd.jetcd.options.PutOption;
import io.etcd.jetcd.options.WatchOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Both stores over jetcd. Each call goes to one member, waits for a bounded time, and on failure
 * leaves that member for the next. Used by one thread.
 */
public final class JetcdStore implements LeaseStore, PrefixStore {
  static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
  private static final int FIRST_PAGE = 2_000;

  /** jetcd's own deadline comes first; this is for what it forgets. */
  private static final Duration GRACE = Duration.ofMillis(250);

  private final EtcdSettings settings;
  private final CallTimeout timeout;
  private final ExecutorService executor;
  private final Members members;
  private final Ticker ticker = Ticker.system();
  private long pageSize = FIRST_PAGE;

  public JetcdStore(
      EtcdSettings settings, String name, Duration tryTimeout, Duration longestTimeout) {
    this.settings = settings;
    this.timeout = new CallTimeout(tryTimeout, longestTimeout);
    this.executor = Executors.newCachedThreadPool(new DaemonThreads(name + "-calls"));
    this.members = new Members(settings, timeout, executor);
  }

  @Override
  public long grant(Duration ttl) throws EtcdFailure, InterruptedException {
    return call(client -> client.getLeaseClient().grant(ttl.toSeconds())).getID();
  }

  @Override
  public void keepAlive(long lease) throws EtcdFailure, InterruptedException {
    var renewed = call(client -> client.getLeaseClient().keepAliveOnce(lease));
    if (renewed.getTTL() <= 0) {
      throw new EtcdFailure(EtcdFailure.Kind.LEASE_NOT_FOUND, "etcd says that the lease is over");
    }
  }

  @Override
  public Optional<StoredKey> get(String key) throws EtcdFailure, InterruptedException {
    GetResponse response = call(client -> client.getKVClient().get(bytes(key)));
    return response.getKvs().stream().findFirst().map(JetcdStore::stored);
  }

  @Override
  public OptionalLong putIf(PutRequest request, long expectedModRevision)
      throws EtcdFailure, InterruptedException {
    ByteSequence key = bytes(request.key());
    Cmp unchanged =
        expectedModRevision == 0
            ? new Cmp(key, Cmp.Op.EQUAL, CmpTarget.createRevision(0))
            : new Cmp(key, Cmp.Op.EQUAL, CmpTarget.modRevision(expectedModRevision));
    PutOption underLease = PutOption.builder().withLeaseId(request.lease()).build();
    TxnResponse response =
        call(client ->
            client
                .getKVClient()
                .txn()
                .If(unchanged)
                .Then(Op.put(key, request.value(), underLease))
                .commit());
    return response.isSucceeded()
        ? OptionalLong.of(response.getHeader().getRevision())
        : OptionalLong.empty();
  }

  @Override
  public LeaseLife life(long lease) throws EtcdFailure, InterruptedException {
    LeaseTimeToLiveResponse response =
        call(client -> client.getLeaseClient().timeToLive(lease, LeaseOption.DEFAULT));
    Optional<Duration> remaining =
        response.getTTL() < 0
            ? Optional.empty()
            : Optional.of(Duration.ofSeconds(response.getTTL()));
    return new LeaseLife(remaining, response.getHeader().getRaftTerm());
  }

  @Override
  public void revoke(long lease, Duration bound) throws EtcdFailure, InterruptedException {
    await(members.client().getLeaseClient().revoke(lease), bound);
  }

  @Override
  public Range range(String prefix) throws EtcdFailure, InterruptedException {
    ByteSequence from = bytes(prefix);
    ByteSequence end = prefixEnd(prefix);
    List<StoredKey> keys = new ArrayList<>();
    long revision = 0;
    while (true) {
      GetResponse page = page(from, end, revision);
      revision = revision == 0 ? page.getHeader().getRevision() : revision;
      page.getKvs().forEach(kv -> keys.add(stored(kv)));
      if (!page.isMore() || page.getKvs().isEmpty()) {
        return new Range(page.getHeader().getClusterId(), revision, keys);
      }
      from =
          page.getKvs()
              .get(page.getKvs().size() - 1)
              .getKey()
              .concat(ByteSequence.from(new byte[] {0}));
    }
  }

  private GetResponse page(ByteSequence from, ByteSequence end, long revision)
      throws EtcdFailure, InterruptedException {
    while (true) {
      GetOption option =
          GetOption.builder().withRange(end).withLimit(pageSize).withRevision(revision).build();
      try {
        return call(client -> client.getKVClient().get(from, option));
      } catch (EtcdFailure failure) {
        if (failure.kind() != EtcdFailure.Kind.TOO_LARGE || pageSize == 1) {
          throw failure;
        }
        pageSize = Math.max(1, pageSize / 8);
      }
    }
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
      return new JetcdFollowing(members.client(), bytes(prefix), option, sink);
    } catch (RuntimeException e) {
      throw left(e);
    }
  }

  @Override
  public void leaveMember(String reason) {
    members.leaveBroken();
  }

  @Override
  public void close() {
    members.close();
    executor.shutdownNow();
  }

  private <T> T call(Function<Client, CompletableFuture<T>> request)
      throws EtcdFailure, InterruptedException {
    long started = ticker.nanos();
    CompletableFuture<T> answer;
    try {
      answer = request.apply(members.client());
    } catch (RuntimeException e) {
      throw left(e);
    }
    T value = await(answer, timeout.current().plus(GRACE));
    members.answered();
    timeout.answeredAfter(Duration.ofNanos(ticker.nanos() - started));
    return value;
  }

  private <T> T await(CompletableFuture<T> answer, Duration bound)
      throws EtcdFailure, InterruptedException {
    try {
      return answer.get(bound.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException | CancellationException e) {
      answer.cancel(true);
      throw left(e);
    }
  }

  /** Draws the conclusion from a failure: which member to ask next, and how patiently. */
  private EtcdFailure left(Exception thrown) {
    EtcdFailure failure = EtcdFailures.of(thrown, members.endpoint(), settings);
    switch (failure.kind()) {
      case UNREACHABLE -> {
        if (EtcdFailures.isTimeout(thrown)) {
          timeout.timedOut();
          members.leaveSlow();
        } else {
          members.leaveBroken();
        }
      }
      case DENIED -> members.leaveBroken();
      case LEASE_NOT_FOUND, TOO_LARGE, REFUSED -> {}
    }
    return failure;
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
