package dev.lookaside.client.grpc.tracing;

import dev.lookaside.tracing.RpcTracing;
import io.grpc.ClientInterceptor;
import java.util.List;

/** What a channel needs for spans of its calls that say which endpoint was picked, and by what. */
public final class TracedChannel {

  private TracedChannel() {}

  /**
   * For {@link io.grpc.ManagedChannelBuilder#intercept(List)}, after all others; none if tracing is
   * off.
   */
  public static List<ClientInterceptor> interceptors(RpcTracing tracing) {
    // gRPC asks the last one first.
    return tracing.isOff()
        ? List.of()
        : List.of(new TracedPicks(tracing.registry()), tracing.ofCalls());
  }
}
