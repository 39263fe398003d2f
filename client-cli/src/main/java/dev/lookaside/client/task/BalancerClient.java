package dev.lookaside.client.task;

import dev.lookaside.client.task.PickAnswer.Absent;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.PickRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ConnectivityState;
import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Picks over a list of equal balancers: asks the one that answered last, and the others in turn
 * when it does not answer or has no worker to give.
 */
final class BalancerClient {

  /**
   * One of them.
   *
   * @param picks the same channel, with the interceptors of picks
   */
  private record Balancer(Address address, ManagedChannel channel, Channel picks) {}

  private final List<Balancer> balancers;
  private final Duration timeout;
  private final AtomicInteger preferred = new AtomicInteger();

  /**
   * @param channels at least one, in order of preference
   * @param interceptors of picks, and of nothing else on these channels
   * @param timeout how long one balancer may take to answer
   */
  BalancerClient(
      Map<Address, ManagedChannel> channels,
      List<ClientInterceptor> interceptors,
      Duration timeout) {
    this.balancers =
        channels.entrySet().stream()
            .map(e ->
                new Balancer(
                    e.getKey(),
                    e.getValue(),
                    ClientInterceptors.intercept(e.getValue(), interceptors)))
            .toList();
    this.timeout = timeout;
  }

  /**
   * Asks each balancer at most once. The future never completes exceptionally.
   *
   * @param options with a deadline for all of them together
   */
  CompletableFuture<PickAnswer> pick(PickRequest request, CallOptions options) {
    return pick(request, options, preferred.get(), balancers.size(), Function.identity());
  }

  private CompletableFuture<PickAnswer> pick(
      PickRequest request,
      CallOptions options,
      int at,
      int left,
      Function<Absent, Absent> withEarlier) {
    return ask(balancers.get(at), request, options)
        .thenCompose(answer -> {
          if (!(answer instanceof Absent absent)) {
            preferred.set(at);
            return CompletableFuture.completedFuture(answer);
          }
          Absent all = withEarlier.apply(absent);
          if (left == 1) {
            return CompletableFuture.completedFuture(all);
          }
          int next = (at + 1) % balancers.size();
          // Picks that start from now on shall not wait for a balancer that hangs.
          preferred.compareAndSet(at, next);
          return pick(request, options, next, left - 1, later -> PickAnswers.combine(all, later));
        });
  }

  private CompletableFuture<PickAnswer> ask(
      Balancer balancer, PickRequest request, CallOptions options) {
    ManagedChannel channel = balancer.channel();
    if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
      // Our own backoff paces the attempts; the channel's would keep a revived balancer waiting.
      channel.resetConnectBackoff();
    }
    Deadline own = Deadline.after(timeout.toNanos(), TimeUnit.NANOSECONDS);
    Deadline all = options.getDeadline();
    CallOptions bounded = options.withDeadline(all == null ? own : all.minimum(own));
    return Reply.of(balancer.picks().newCall(LoadBalancerGrpc.getPickMethod(), bounded), request)
        .thenApply(reply -> PickAnswers.of(balancer.address(), reply));
  }
}
