package dev.lookaside.lb.subscribe;

import dev.lookaside.lb.push.Unsent;
import dev.lookaside.lb.rpc.Refusals;
import dev.lookaside.limits.Limit;
import dev.lookaside.limits.PeerGuard;
import dev.lookaside.v1.SubscribeRequest;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.StatusException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One subscription: its call, and how far it was sent what there is. What it was not sent yet is
 * not kept for it: it is made when the call can take it. For the publisher's thread.
 */
final class Subscriber {
  private final ServerCall<SubscribeRequest, EncodedUpdate> call;
  private final UpdateMeters meters;
  private final Unsent.Share unsent;
  private final String service;
  private final String clientId;
  private final Optional<Duration> loadInterval;
  private final LoadSubset subset;
  private @Nullable KnownState known;
  private @Nullable EncodedUpdate terms;
  private long version = TableLog.NOTHING;
  private long moment = LoadLog.NOTHING;
  private @Nullable EncodedUpdate balancers;
  private @Nullable EncodedUpdate heartbeat;

  Subscriber(
      ServerCall<SubscribeRequest, EncodedUpdate> call,
      UpdateMeters meters,
      Unsent unsent,
      SubscribeRequest request,
      Optional<Duration> loadInterval) {
    this.call = call;
    this.meters = meters;
    this.unsent = unsent.share();
    this.service = request.getService();
    this.clientId = request.getClientId();
    this.loadInterval = loadInterval;
    this.subset = new LoadSubset(request.getClientId(), request.getSubsetSize());
    this.known = KnownState.of(request);
  }

  String service() {
    return service;
  }

  Optional<Duration> loadInterval() {
    return loadInterval;
  }

  /** What tells its connection from others. */
  Object connection() {
    SocketAddress remote = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    return Objects.requireNonNullElse(remote, this);
  }

  /** How far it is, beside the latest table. */
  Census.One describe(TableLog table) {
    return new Census.One(
        clientId,
        String.valueOf(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)),
        service,
        Math.max(0, version),
        standing(table),
        loadInterval);
  }

  private Census.Standing standing(TableLog table) {
    if (!call.isReady() || unsent.mustWait()) {
      return Census.Standing.SLOW;
    }
    return version == table.version() ? Census.Standing.IN_SYNC : Census.Standing.BEHIND;
  }

  void begin() {
    call.sendHeaders(new Metadata());
  }

  /** Says whether it has read nothing for too long. */
  boolean isStuck(long nowNanos) {
    if (call.isReady()) {
      unsent.isReady();
      return false;
    }
    return unsent.isStuckAt(nowNanos);
  }

  /**
   * Ends the whole connection: on the call itself nothing arrives any more, not even why it ends.
   */
  void cut() {
    String reason = unsent.complaint();
    if (!PeerGuard.cut(call.getAttributes(), Limit.UNSENT_BYTES, reason)) {
      end(Refusals.exhausted(reason));
    }
  }

  /** Whether there was no room for something large that it shall be sent. */
  boolean mustWait() {
    return unsent.mustWait();
  }

  /** It is no longer subscribed. */
  void gone() {
    unsent.giveBack();
  }

  /** Sends whatever it does not have yet, in order, as far as the call can take it now. */
  void send(
      TableLog table, Optional<LoadLog> loads, EncodedUpdate nowTerms, EncodedUpdate nowBalancers) {
    if (terms == null) {
      if (!call.isReady()) {
        return;
      }
      send(nowTerms);
      terms = nowTerms;
    }
    if (!sendTable(table)) {
      return;
    }
    loads.ifPresent(log -> sendLoads(table, log));
    if (nowBalancers.isOtherThan(balancers) && call.isReady()) {
      send(nowBalancers);
      balancers = nowBalancers;
    }
    EncodedUpdate nowHeartbeat = table.heartbeat();
    if (nowHeartbeat.isOtherThan(heartbeat) && call.isReady()) {
      send(nowHeartbeat);
      heartbeat = nowHeartbeat;
    }
  }

  /** Says whether it has a table, be it the latest or not. */
  private boolean sendTable(TableLog table) {
    KnownState before = known;
    if ((before != null || version != table.version()) && call.isReady()) {
      EncodedUpdate next = before != null ? table.first(before) : table.since(version);
      if (unsent.hasRoomFor(next.bytes().length)) {
        send(next);
        known = null;
        version = table.version();
      }
    }
    return known == null;
  }

  private void sendLoads(TableLog table, LoadLog loads) {
    // Numbers that it was not sent yet mean nothing to it.
    if (version == table.version() && subset.follow(table)) {
      moment = LoadLog.NOTHING;
    }
    if (moment != loads.moment() && call.isReady()) {
      Optional<EncodedUpdate> next =
          subset
              .numbers()
              .map(numbers -> loads.since(moment, numbers))
              .orElseGet(() -> loads.since(moment));
      if (next.filter(update -> !unsent.hasRoomFor(update.bytes().length)).isEmpty()) {
        next.ifPresent(this::send);
        moment = loads.moment();
      }
    }
  }

  private void send(EncodedUpdate update) {
    call.sendMessage(update);
    unsent.sent(update.bytes().length);
    if (call.isReady()) {
      unsent.isReady();
    }
    meters.count(update);
  }

  void end(StatusException reason) {
    Metadata trailers = reason.getTrailers();
    call.close(reason.getStatus(), trailers == null ? new Metadata() : trailers);
  }
}
