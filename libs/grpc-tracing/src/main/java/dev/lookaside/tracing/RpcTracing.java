package dev.lookaside.tracing;

import io.grpc.CallOptions;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.grpc.ServerInterceptor;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.function.Predicate;

/**
 * Makes the spans of RPCs, for a registry whose observations become spans. What crosses the wire is
 * the header {@code traceparent} of W3C Trace Context.
 *
 * <p>Who has no such registry adds none of the interceptors, so that a call pays nothing.
 */
public final class RpcTracing {
  /** What a call is part of, where that is not the current observation of its thread. */
  static final CallOptions.Key<Observation> PARENT =
      CallOptions.Key.create("dev.lookaside.tracing.parent");

  private static final RpcTracing OFF = new RpcTracing(ObservationRegistry.NOOP);

  private final ObservationRegistry registry;

  public RpcTracing(ObservationRegistry registry) {
    this.registry = registry;
  }

  /** No spans at all. */
  public static RpcTracing off() {
    return OFF;
  }

  public boolean isOff() {
    return registry.isNoop();
  }

  /** Where its observations are. */
  public ObservationRegistry registry() {
    return registry;
  }

  /** A span for each call that a channel makes; the outermost interceptor of the channel. */
  public ClientInterceptor ofCalls() {
    return new TracedCalls(registry);
  }

  /**
   * A span for each call that a server gets.
   *
   * @param methods which methods have spans; a stream has one for as long as it is open
   * @param always what each of the spans says, too
   */
  public ServerInterceptor ofServer(Predicate<MethodDescriptor<?, ?>> methods, KeyValues always) {
    return new TracedServer(registry, methods, always);
  }

  /**
   * Begins a span of something that takes several calls; the one who begins it has to stop it.
   *
   * @param name the same for all of its kind
   */
  public Observation begin(String name) {
    return Observation.start(name, registry);
  }

  /** Makes a call part of {@code parent}, on whichever thread it is made. */
  public static CallOptions under(Observation parent, CallOptions options) {
    return parent.isNoop() ? options : options.withOption(PARENT, parent);
  }
}
