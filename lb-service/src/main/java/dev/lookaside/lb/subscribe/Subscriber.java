package dev.lookaside.lb.subscribe;

import dev.lookaside.lb.push.Outlet;
import dev.lookaside.lb.push.Receiver;
import dev.lookaside.lb.push.Unsent;
import dev.lookaside.v1.SubscribeRequest;
import io.grpc.ServerCall;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One subscription: its call, and how far it was sent what there is. What it was not sent yet is
 * not kept for it: it is made when the call can take it. For the publisher's thread.
 */
final class Subscriber implements Receiver {
  private final Outlet<EncodedUpdate> outlet;
  private final UpdateMeters meters;
  private final String service;
  private final String clientId;
  private final Optional<Duration> loadInterval;
  private final LoadSubset subset;
  private final boolean takesParts;
  private @Nullable KnownState known;
  private @Nullable Iterator<EncodedUpdate> parts;
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
    this.outlet = new Outlet<>(call, unsent);
    this.meters = meters;
    this.service = request.getService();
    this.clientId = request.getClientId();
    this.loadInterval = loadInterval;
    this.subset = new LoadSubset(request.getClientId(), request.getSubsetSize());
    this.takesParts = request.getTakesParts();
    this.known = KnownState.of(request);
  }

  @Override
  public Outlet<EncodedUpdate> outlet() {
    return outlet;
  }

  String service() {
    return service;
  }

  Optional<Duration> loadInterval() {
    return loadInterval;
  }

  /** How far it is, beside the latest table. */
  Census.One describe(TableLog table) {
    return new Census.One(
        clientId, outlet.address(), service, Math.max(0, version), standing(table), loadInterval);
  }

  private Census.Standing standing(TableLog table) {
    if (!outlet.isReady() || outlet.mustWait()) {
      return Census.Standing.SLOW;
    }
    return parts == null && version == table.version()
        ? Census.Standing.IN_SYNC
        : Census.Standing.BEHIND;
  }

  /** Sends whatever it does not have yet, in order, as far as the call can take it now. */
  void send(
      TableLog table, Optional<LoadLog> loads, EncodedUpdate nowTerms, EncodedUpdate nowBalancers) {
    if (terms == null) {
      if (!outlet.isReady()) {
        return;
      }
      send(nowTerms);
      terms = nowTerms;
    }
    if (!sendTable(table)) {
      return;
    }
    loads.ifPresent(log -> sendLoads(table, log));
    if (nowBalancers.isOtherThan(balancers) && outlet.isReady()) {
      send(nowBalancers);
      balancers = nowBalancers;
    }
    EncodedUpdate nowHeartbeat = table.heartbeat();
    if (nowHeartbeat.isOtherThan(heartbeat) && outlet.isReady()) {
      send(nowHeartbeat);
      heartbeat = nowHeartbeat;
    }
  }

  /** Says whether it has a table, be it the latest or not, and nothing of another one. */
  private boolean sendTable(TableLog table) {
    sendParts();
    KnownState before = known;
    boolean isBehind = before != null || version != table.version();
    if (parts == null && isBehind && outlet.isReady()) {
      EncodedUpdate next = before != null ? table.first(before) : table.since(version);
      if (begin(next)) {
        known = null;
        version = table.version();
      }
    }
    return known == null && parts == null;
  }

  /** Sends all of it or a part, if there is room. */
  private boolean begin(EncodedUpdate next) {
    if (!takesParts || !next.isLong()) {
      if (outlet.hasRoomFor(next.length())) {
        send(next);
        return true;
      }
      return false;
    }
    if (!outlet.beginParts(next, next.length(), Cutter.PIECE_BYTES)) {
      return false;
    }
    parts = next.parts().iterator();
    sendParts();
    return true;
  }

  private void sendParts() {
    Iterator<EncodedUpdate> rest = parts;
    while (rest != null && rest.hasNext() && outlet.isReady()) {
      EncodedUpdate part = rest.next();
      outlet.sendPart(part);
      meters.count(part);
    }
    if (rest != null && !rest.hasNext()) {
      parts = null;
      outlet.endParts();
    }
  }

  private void sendLoads(TableLog table, LoadLog loads) {
    // Numbers that it was not sent yet mean nothing to it.
    if (version == table.version() && subset.follow(table)) {
      moment = LoadLog.NOTHING;
    }
    if (moment != loads.moment() && outlet.isReady()) {
      Optional<EncodedUpdate> next =
          subset
              .numbers()
              .map(numbers -> loads.since(moment, numbers))
              .orElseGet(() -> loads.since(moment));
      if (next.filter(update -> !outlet.hasRoomFor(update.length())).isEmpty()) {
        next.ifPresent(this::send);
        moment = loads.moment();
      }
    }
  }

  private void send(EncodedUpdate update) {
    outlet.send(update, update.length());
    meters.count(update);
  }
}
