package dev.lookaside.registry.jetcd;

import dev.lookaside.core.concurrent.DaemonThreads;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.registry.store.EtcdFailure;
import io.etcd.jetcd.Client;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Makes each call to one member, waits for a bounded time, and on failure leaves that member for
 * the next. Used by one thread.
 */
final class MemberCalls {
  /** jetcd's own deadline comes first; this is for what it forgets. */
  private static final Duration GRACE = Duration.ofMillis(250);

  private final EtcdSettings settings;
  private final CallTimeout timeout;
  private final ExecutorService executor;
  private final Members members;
  private final Ticker ticker = Ticker.system();

  MemberCalls(EtcdSettings settings, String name, CallTimeout timeout) {
    this.settings = settings;
    this.timeout = timeout;
    this.executor = Executors.newCachedThreadPool(new DaemonThreads(name + "-calls"));
    this.members = new Members(settings, timeout, executor);
  }

  /** The client of the member in use. */
  Client client() {
    return members.client();
  }

  /** Waits as long as the member's speed so far allows. */
  <T> T call(Function<Client, CompletableFuture<T>> request)
      throws EtcdFailure, InterruptedException {
    long started = ticker.nanos();
    T value = call(request, timeout.current().plus(GRACE));
    members.answered();
    timeout.answeredAfter(Duration.ofNanos(ticker.nanos() - started));
    return value;
  }

  <T> T call(Function<Client, CompletableFuture<T>> request, Duration bound)
      throws EtcdFailure, InterruptedException {
    CompletableFuture<T> answer;
    try {
      answer = request.apply(members.client());
    } catch (RuntimeException e) {
      throw left(e);
    }
    try {
      return answer.get(bound.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException | CancellationException e) {
      answer.cancel(true);
      throw left(e);
    }
  }

  /** Draws the conclusion from a failure: which member to ask next, and how patiently. */
  EtcdFailure left(Exception thrown) {
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

  void leaveMember() {
    members.leaveBroken();
  }

  void close() {
    members.close();
    executor.shutdownNow();
  }
}
