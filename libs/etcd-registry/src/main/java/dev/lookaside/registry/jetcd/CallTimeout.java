package dev.lookaside.registry.jetcd;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Gives every call but a watch a deadline, and no patience with a connection that fails. jetcd's
 * calls wait for one for ever: a call given up by its caller would stay behind in the channel and
 * be sent when etcd returns, and all that could be said of a wrong certificate or a refused
 * connection would be that the time was over.
 *
 * <p>The deadline starts at the base and doubles with each timeout up to the longest, so that a
 * slow way to etcd (RTT near the base) costs one try and not the lease; it returns to the base with
 * a quick answer.
 */
final class CallTimeout implements ClientInterceptor {
  private final Duration base;
  private final Duration longest;
  private volatile Duration current;

  CallTimeout(Duration base, Duration longest) {
    this.base = base;
    this.longest = longest.compareTo(base) > 0 ? longest : base;
    this.current = base;
  }

  Duration current() {
    return current;
  }

  void timedOut() {
    Duration doubled = current.multipliedBy(2);
    current = doubled.compareTo(longest) < 0 ? doubled : longest;
  }

  void answeredAfter(Duration took) {
    if (took.compareTo(base.dividedBy(2)) < 0) {
      current = base;
    }
  }

  @Override
  public <Q, R> ClientCall<Q, R> interceptCall(
      MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
    boolean watch = "etcdserverpb.Watch".equals(method.getServiceName());
    CallOptions bounded =
        watch
            ? options
            : options
                .withDeadlineAfter(current.toNanos(), TimeUnit.NANOSECONDS)
                .withoutWaitForReady();
    return next.newCall(method, bounded);
  }
}
