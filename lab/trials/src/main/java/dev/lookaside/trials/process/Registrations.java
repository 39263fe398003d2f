package dev.lookaside.trials.process;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.options.PutOption;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/**
 * Endpoints that a trial puts into etcd itself, in the form of etcd's gRPC naming. They share one
 * lease, for a balancer takes no key without; it outlives every trial.
 */
public final class Registrations implements AutoCloseable {
  private static final long LEASE_SECONDS = TimeUnit.DAYS.toSeconds(2);
  private static final int ANSWER_SECONDS = 10;
  private static final int AT_A_TIME = 200;

  private final Client etcd;
  private final PutOption underLease;

  private Registrations(Client etcd, PutOption underLease) {
    this.etcd = etcd;
    this.underLease = underLease;
  }

  public static Registrations at(int etcdPort) throws InterruptedException {
    Client etcd = Client.builder().endpoints("http://127.0.0.1:" + etcdPort).build();
    long lease = answer(etcd.getLeaseClient().grant(LEASE_SECONDS)).getID();
    return new Registrations(etcd, PutOption.builder().withLeaseId(lease).build());
  }

  public void put(String service, String id, String address) throws InterruptedException {
    var unused = answer(start(service, id, address));
  }

  /** Registers so many endpoints of one service, at most a few hundred at a time. */
  public void putAll(String service, int count, IntFunction<String> address)
      throws InterruptedException {
    Deque<CompletableFuture<?>> open = new ArrayDeque<>();
    for (int i = 0; i < count; i++) {
      open.add(start(service, service + i, address.apply(i)));
      if (open.size() == AT_A_TIME || i == count - 1) {
        for (CompletableFuture<?> each : open) {
          var unused = answer(each);
        }
        open.clear();
      }
    }
  }

  private CompletableFuture<?> start(String service, String id, String address) {
    String value =
        "{\"Op\":0,\"Addr\":\"" + address + "\",\"Metadata\":{\"incarnation\":\"" + id + "\"}}";
    return etcd.getKVClient().put(key(service, id), bytes(value), underLease);
  }

  public void remove(String service, String id) throws InterruptedException {
    var unused = answer(etcd.getKVClient().delete(key(service, id)));
  }

  private static <T> T answer(CompletableFuture<T> future) throws InterruptedException {
    try {
      return future.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("etcd did not do what it was asked for: " + e, e);
    }
  }

  private static ByteSequence key(String service, String id) {
    return bytes("lookaside/" + service + "/" + id);
  }

  private static ByteSequence bytes(String text) {
    return ByteSequence.from(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    etcd.close();
  }
}
