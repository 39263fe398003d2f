package dev.lookaside.client.grpc.tracing;

import dev.lookaside.client.grpc.Lookaside;
import dev.lookaside.client.grpc.balancing.PickListener;
import dev.lookaside.core.endpoint.Endpoint;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Says in the span of a call which endpoint it was given, and by which policy: each pick as an
 * event, the last one as attributes.
 */
public final class TracedPicks implements ClientInterceptor {
  private static final String ENDPOINT = "lookaside.endpoint.id";
  private static final String ADDRESS = "lookaside.endpoint.address";
  private static final String POLICY = "lookaside.policy";

  private final ObservationRegistry registry;

  /**
   * @param registry where the span of a call is the current one when the call starts
   */
  public TracedPicks(ObservationRegistry registry) {
    this.registry = registry;
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    Picks picks = new Picks(options.getOption(Lookaside.PICKS));
    return new SimpleForwardingClientCall<>(
        next.newCall(method, options.withOption(Lookaside.PICKS, picks))) {
      @Override
      public void start(Listener<A> listener, Metadata headers) {
        picks.span = registry.getCurrentObservation();
        super.start(listener, headers);
      }
    };
  }

  /** The picks of one call. */
  private static final class Picks implements PickListener {
    private final @Nullable PickListener before;
    private volatile @Nullable Observation span;

    Picks(@Nullable PickListener before) {
      this.before = before;
    }

    @Override
    public void picked(Endpoint endpoint, String policy) {
      Observation current = span;
      if (current != null) {
        current
            .event(Observation.Event.of("pick", "pick " + endpoint.id()))
            .highCardinalityKeyValue(ENDPOINT, endpoint.id())
            .highCardinalityKeyValue(ADDRESS, endpoint.address().toString())
            .highCardinalityKeyValue(POLICY, policy);
      }
      if (before != null) {
        before.picked(endpoint, policy);
      }
    }
  }
}
