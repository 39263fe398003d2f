package dev.lookaside.client.grpc.balancing;

import dev.lookaside.core.balancer.Connectivity;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.time.Ticker;
import io.grpc.ConnectivityState;
import io.grpc.ConnectivityStateInfo;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer;
import io.grpc.LoadBalancer.Subchannel;
import io.grpc.Status;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The connection to one incarnation of one endpoint: it is always wanted, as long as the endpoint
 * takes calls. In the channel's synchronization context, except where it is said.
 *
 * <p>An endpoint that failed counts as failed until it is reached again, so that calls are not held
 * back at every new attempt to connect.
 */
final class EndpointLink {

  /**
   * gRPC's own pauses between attempts grow to two minutes; a worker is worth asking more often.
   */
  private static final long RENEW_AFTER_NANOS = Duration.ofSeconds(5).toNanos();

  private final LoadBalancer.Helper helper;
  private final Runnable changed;
  private final Ticker ticker;
  private Endpoint endpoint;
  private volatile @Nullable Subchannel subchannel;
  private Connectivity connectivity = Connectivity.CONNECTING;
  private Status failure = Status.UNAVAILABLE;
  private int attempts;
  private long attemptNanos;
  private boolean idle;
  private boolean closed;

  /**
   * @param changed runs when the connectivity has changed
   */
  EndpointLink(Endpoint endpoint, LoadBalancer.Helper helper, Runnable changed, Ticker ticker) {
    this.endpoint = endpoint;
    this.helper = helper;
    this.changed = changed;
    this.ticker = ticker;
  }

  void connect() {
    attemptNanos = ticker.nanos();
    HostNames.resolve(
        endpoint.address(),
        helper.getNameResolverArgs().getOffloadExecutor(),
        helper.getSynchronizationContext(),
        this::connectTo,
        this::failed);
  }

  private void connectTo(InetSocketAddress address) {
    if (closed) {
      return;
    }
    Subchannel fresh =
        helper.createSubchannel(
            LoadBalancer.CreateSubchannelArgs.newBuilder()
                .setAddresses(new EquivalentAddressGroup(address))
                .build());
    subchannel = fresh;
    int attempt = ++attempts;
    fresh.start(state -> {
      // What is said of a subchannel that was replaced no longer counts.
      if (attempt == attempts && !closed) {
        become(state);
      }
    });
    fresh.requestConnection();
  }

  /** What registered the same incarnation again, such as with another weight. */
  void update(Endpoint newer) {
    endpoint = newer;
    if (idle) {
      reconnect();
    }
  }

  Connectivity connectivity() {
    return connectivity;
  }

  /** Why it is not reached. */
  Status failure() {
    return failure;
  }

  /** The subchannel that picks go to now. Any thread may ask. */
  @Nullable Subchannel subchannel() {
    return subchannel;
  }

  /** Starts anew, without waiting for the end of a pause, if it is not reached. */
  void renew() {
    if (connectivity == Connectivity.TRANSIENT_FAILURE && !closed) {
      shutdownSubchannel();
      connect();
    }
  }

  void renewIfStale() {
    if (ticker.nanos() - attemptNanos > RENEW_AFTER_NANOS) {
      renew();
    }
  }

  /** Takes no new call; gRPC lets those that it has come to their end. */
  void close() {
    closed = true;
    shutdownSubchannel();
  }

  private void shutdownSubchannel() {
    Subchannel old = subchannel;
    subchannel = null;
    if (old != null) {
      old.shutdown();
    }
  }

  private void become(ConnectivityStateInfo state) {
    if (state.getState() == ConnectivityState.SHUTDOWN) {
      return;
    }
    idle = state.getState() == ConnectivityState.IDLE;
    Connectivity before = connectivity;
    connectivity = after(state);
    if (idle) {
      reconnect();
    }
    if (connectivity != before) {
      changed.run();
    }
  }

  private Connectivity after(ConnectivityStateInfo state) {
    return switch (state.getState()) {
      case READY -> Connectivity.READY;
      case TRANSIENT_FAILURE -> {
        failure = state.getStatus();
        yield Connectivity.TRANSIENT_FAILURE;
      }
      case CONNECTING, IDLE, SHUTDOWN ->
          connectivity == Connectivity.TRANSIENT_FAILURE
              ? Connectivity.TRANSIENT_FAILURE
              : Connectivity.CONNECTING;
    };
  }

  private void reconnect() {
    Subchannel current = subchannel;
    if (current != null && endpoint.takesCalls()) {
      current.requestConnection();
    }
  }

  private void failed(Status status) {
    if (!closed) {
      become(ConnectivityStateInfo.forTransientFailure(status));
    }
  }
}
