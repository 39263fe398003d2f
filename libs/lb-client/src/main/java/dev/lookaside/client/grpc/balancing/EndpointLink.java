package dev.lookaside.client.grpc.balancing;

import dev.lookaside.client.grpc.outcome.EndpointTally;
import dev.lookaside.core.balancer.Connectivity;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.LiveLoad;
import dev.lookaside.core.time.Ticker;
import io.grpc.ConnectivityState;
import io.grpc.ConnectivityStateInfo;
import io.grpc.LoadBalancer.Subchannel;
import io.grpc.Status;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The connection to one incarnation of one endpoint: it is always wanted, as long as the endpoint
 * takes calls. In the channel's synchronization context.
 *
 * <pre>
 *   look up ─▶ subchannel ──(fails for 5 s, or the balancer reaches it again)──▶ look up …
 * </pre>
 *
 * <p>There is one look-up or one subchannel at a time. An endpoint that failed counts as failed
 * until it is reached again, so that calls are not held back at every new attempt to connect.
 */
final class EndpointLink {

  /**
   * gRPC's own pauses between attempts grow to two minutes; a worker is worth asking more often.
   */
  private static final long RENEW_AFTER_NANOS = Duration.ofSeconds(5).toNanos();

  /** How long nothing is held against an endpoint that is not yet connected. */
  private static final long PATIENCE_NANOS = Duration.ofSeconds(5).toNanos();

  private final LinkContext context;
  private final @Nullable EndpointTally tally;
  private final Runnable changed;
  private final Ticker ticker;
  private Endpoint endpoint;
  private Connectivity connectivity = Connectivity.CONNECTING;
  private Status failure = Status.UNAVAILABLE;
  private @Nullable Subchannel subchannel;
  private @Nullable SubchannelPick pick;
  private int subchannels;
  private boolean lookingUp;
  private long connectingNanos;
  private long attemptNanos;
  private boolean closed;

  /**
   * @param tally counts its calls; retired with the link
   * @param changed runs when the connectivity has changed
   */
  EndpointLink(
      Endpoint endpoint,
      LinkContext context,
      @Nullable EndpointTally tally,
      Runnable changed,
      Ticker ticker) {
    this.endpoint = endpoint;
    this.context = context;
    this.tally = tally;
    this.changed = changed;
    this.ticker = ticker;
    this.connectingNanos = ticker.nanos();
  }

  void connect() {
    attemptNanos = ticker.nanos();
    lookingUp = true;
    context.names().resolve(endpoint.address(), this::found, this::unknown);
  }

  private void found(List<SocketAddress> addresses) {
    lookingUp = false;
    if (closed || !endpoint.takesCalls()) {
      return;
    }
    Subchannel fresh = context.newSubchannel(endpoint, addresses);
    subchannel = fresh;
    int number = ++subchannels;
    fresh.start(state -> {
      // What is said of a subchannel that was replaced no longer counts.
      if (number == subchannels && !closed) {
        become(state);
      }
    });
    fresh.requestConnection();
  }

  private void unknown(Status status) {
    lookingUp = false;
    if (!closed) {
      become(ConnectivityStateInfo.forTransientFailure(status));
    }
  }

  /** The same incarnation has registered anew, such as with another weight. */
  void update(Endpoint newer) {
    boolean wantedBefore = endpoint.takesCalls();
    endpoint = newer;
    if (!wantedBefore && newer.takesCalls()) {
      reconnect();
    }
  }

  Connectivity connectivity() {
    return connectivity;
  }

  /** Whether it is still on its way, and not for long. */
  boolean isPending() {
    return connectivity == Connectivity.CONNECTING
        && ticker.nanos() - connectingNanos < PATIENCE_NANOS;
  }

  /** Why it is not reached. */
  Status failure() {
    return failure;
  }

  /** Where calls go now; empty without a subchannel. */
  Optional<SubchannelPick> pick(LiveLoad load) {
    SubchannelPick known = pick;
    if (known != null && known.load() == load && known.endpoint().equals(endpoint)) {
      return Optional.of(known);
    }
    Subchannel current = subchannel;
    if (current == null) {
      return Optional.empty();
    }
    pick = SubchannelPick.of(endpoint, load, current, context.calls(endpoint, load, tally));
    return Optional.of(pick);
  }

  /** Starts anew, without waiting for the end of a pause, if it is not reached. */
  void renew() {
    if (connectivity == Connectivity.TRANSIENT_FAILURE
        && !lookingUp
        && !closed
        && endpoint.takesCalls()) {
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
    if (!closed) {
      closed = true;
      shutdownSubchannel();
      if (tally != null) {
        tally.retire();
      }
    }
  }

  private void shutdownSubchannel() {
    Subchannel old = subchannel;
    subchannel = null;
    subchannels++;
    pick = null;
    if (old != null) {
      old.shutdown();
    }
  }

  private void become(ConnectivityStateInfo state) {
    if (state.getState() == ConnectivityState.SHUTDOWN) {
      return;
    }
    Connectivity before = connectivity;
    connectivity = after(state);
    if (connectivity == Connectivity.TRANSIENT_FAILURE && !endpoint.takesCalls()) {
      // Nobody needs it, and gRPC would go on trying.
      shutdownSubchannel();
    }
    if (state.getState() == ConnectivityState.IDLE) {
      reconnect();
    }
    if (connectivity != before) {
      connectingNanos = ticker.nanos();
      changed.run();
    }
  }

  private Connectivity after(ConnectivityStateInfo state) {
    return switch (state.getState()) {
      case READY -> Connectivity.READY;
      case TRANSIENT_FAILURE -> {
        failure = state.getStatus();
        context.failed(endpoint, failure);
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
    if (closed || !endpoint.takesCalls()) {
      return;
    }
    if (current != null) {
      current.requestConnection();
    } else if (!lookingUp) {
      connect();
    }
  }
}
