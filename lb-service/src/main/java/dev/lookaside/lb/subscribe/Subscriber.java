package dev.lookaside.lb.subscribe;

import dev.lookaside.v1.SubscribeRequest;
import dev.lookaside.v1.TableVersion;
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
 * One subscription: its call, and how far it was told. What it was not told yet is not kept for it:
 * it is made when the call can take it. For the publisher's thread.
 */
final class Subscriber {
  private final ServerCall<SubscribeRequest, EncodedUpdate> call;
  private final String service;
  private final Optional<Duration> loadInterval;
  private final TableVersion have;
  private boolean begun;
  private long version = TableLog.NOTHING;
  private long moment = LoadLog.NOTHING;
  private @Nullable EncodedUpdate balancers;

  Subscriber(
      ServerCall<SubscribeRequest, EncodedUpdate> call,
      SubscribeRequest request,
      Optional<Duration> loadInterval) {
    this.call = call;
    this.service = request.getService();
    this.loadInterval = loadInterval;
    this.have = request.getHave();
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

  void begin() {
    call.sendHeaders(new Metadata());
  }

  /** Tells it whatever it does not know yet, as far as it can take it now. */
  void tell(TableLog table, Optional<LoadLog> loads, EncodedUpdate nowBalancers, Sent sent) {
    if ((!begun || version != table.version()) && call.isReady()) {
      send(table.since(begun ? version : table.recognize(have)), sent);
      begun = true;
      version = table.version();
    }
    if (begun && loads.isPresent() && moment != loads.get().moment() && call.isReady()) {
      loads.get().since(moment).ifPresent(update -> send(update, sent));
      moment = loads.get().moment();
    }
    if (begun && nowBalancers.isOtherThan(balancers) && call.isReady()) {
      send(nowBalancers, sent);
      balancers = nowBalancers;
    }
  }

  private void send(EncodedUpdate update, Sent sent) {
    call.sendMessage(update);
    sent.count(update);
  }

  void end(StatusException reason) {
    Metadata trailers = reason.getTrailers();
    call.close(reason.getStatus(), trailers == null ? new Metadata() : trailers);
  }
}
