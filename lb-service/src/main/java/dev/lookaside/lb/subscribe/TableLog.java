package dev.lookaside.lb.subscribe;

import dev.lookaside.core.balancer.ServiceSnapshot;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.LiveLoad;
import dev.lookaside.core.load.LoadView;
import dev.lookaside.v1.Balancing;
import dev.lookaside.v1.EndpointHealth;
import dev.lookaside.v1.SubscribeResponse;
import dev.lookaside.v1.Table;
import dev.lookaside.v1.TableDelta;
import dev.lookaside.v1.TableEndpoint;
import dev.lookaside.v1.TableVersion;
import dev.lookaside.wire.Subset;
import dev.lookaside.wire.TableCodec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The table of one service as subscribers see it, and what has changed since each earlier version.
 *
 * <p>There is no list of deltas. Each row knows the version in which it last changed, and removed
 * rows leave their number behind for a while, so that the delta from any version to the latest one
 * can be made when it is asked for: it is small however many versions a reader has missed. By the
 * registry's revision of the same changes, {@link CatchUps} lead from other balancers' tables. What
 * is made is kept until the next change, since most subscribers ask for the same. For one thread.
 *
 * <p>A number stands for one incarnation: what is said of the one before cannot be taken for it.
 */
final class TableLog {
  /** What a client that has no table asks for. */
  static final long NOTHING = -1;

  private static final int MAX_REMOVED = 10_000;
  private static final int MAX_KEPT_UPDATES = 64;

  /**
   * One endpoint, as it has been since a version.
   *
   * @param revision up to where the registry was read when it was first seen like this, whatever
   *     its health
   */
  record Row(
      int number,
      Endpoint endpoint,
      EndpointHealth health,
      LiveLoad load,
      TableEndpoint message,
      long since,
      long revision,
      long hash) {

    /** Whether the registration is the same, and with it all but the health. */
    boolean isOf(Endpoint other) {
      return endpoint.equals(other);
    }
  }

  /** An endpoint that is gone, since a version and a revision. */
  record Removed(int number, String id, long in, long revision) {}

  private final String epoch;
  private final LoadView loads;
  private final CatchUps catchUps = new CatchUps();
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final Deque<Removed> removed = new ArrayDeque<>();
  private final Map<Long, EncodedUpdate> updates = new HashMap<>();
  private Balancing balancing;
  private long balancingSince;
  private long version;
  private long endpointsVersion;
  private long oldestKnown;
  private int nextNumber;
  private List<Row> takingCalls = List.of();

  /**
   * An empty table.
   *
   * @param version of it; higher than those of the logs of this service that were before, if any
   */
  TableLog(String epoch, long version, Balancing balancing, LoadView loads) {
    this.epoch = epoch;
    this.version = version;
    this.endpointsVersion = version;
    this.oldestKnown = version;
    this.balancingSince = version;
    this.balancing = balancing;
    this.loads = loads;
  }

  long version() {
    return version;
  }

  /** The version in which the endpoints last changed in more than their health. */
  long endpointsVersion() {
    return endpointsVersion;
  }

  Collection<Row> rows() {
    return Collections.unmodifiableCollection(rows.values());
  }

  /** The endpoints that take new calls. */
  List<Row> takingCalls() {
    return takingCalls;
  }

  /** Takes the latest state of the service; says whether subscribers see a difference. */
  boolean apply(ServiceSnapshot snapshot, Balancing nowBalancing) {
    long next = version + 1;
    EndpointTable registered = snapshot.registered();
    boolean changed = removeAllBut(registered, next);
    for (Endpoint endpoint : registered.endpoints()) {
      changed |= put(endpoint, TableCodec.health(endpoint, snapshot), next, registered.version());
    }
    catchUps.read(registered);
    if (!balancing.equals(nowBalancing)) {
      balancing = nowBalancing;
      balancingSince = next;
      changed = true;
    }
    if (changed) {
      version = next;
      forgetUpdates();
    }
    if (endpointsVersion == next) {
      takingCalls = rows.values().stream().filter(row -> row.endpoint().takesCalls()).toList();
    }
    return changed;
  }

  private boolean removeAllBut(EndpointTable registered, long next) {
    List<Row> gone = new ArrayList<>();
    rows.values().removeIf(row -> registered.find(row.endpoint().id()).isEmpty() && gone.add(row));
    gone.forEach(row -> removed(row, next, registered.version()));
    return !gone.isEmpty();
  }

  private void removed(Row row, long next, long revision) {
    endpointsVersion = next;
    removed.add(new Removed(row.number(), row.endpoint().id(), next, revision));
    if (removed.size() > MAX_REMOVED) {
      Removed forgotten = removed.remove();
      oldestKnown = forgotten.in();
      catchUps.forgetBefore(forgotten.revision());
    }
  }

  private boolean put(Endpoint endpoint, EndpointHealth health, long next, long revision) {
    Row before = rows.get(endpoint.id());
    LiveLoad load = loads.of(endpoint);
    if (before != null && before.isOf(endpoint)) {
      boolean differs = before.health() != health;
      rows.put(
          endpoint.id(),
          new Row(
              before.number(),
              endpoint,
              health,
              load,
              differs ? TableCodec.write(before.number(), endpoint, health) : before.message(),
              differs ? next : before.since(),
              before.revision(),
              before.hash()));
      return differs;
    }
    int number = number(before, endpoint, next, revision);
    TableEndpoint message = TableCodec.write(number, endpoint, health);
    if (before != null && before.message().equals(message)) {
      // What else it registered is not for subscribers.
      rows.put(
          endpoint.id(),
          new Row(
              number,
              endpoint,
              health,
              load,
              message,
              before.since(),
              before.revision(),
              before.hash()));
      return false;
    }
    endpointsVersion = next;
    rows.put(
        endpoint.id(),
        new Row(number, endpoint, health, load, message, next, revision, Subset.hash(endpoint)));
    return true;
  }

  private int number(@Nullable Row before, Endpoint endpoint, long next, long revision) {
    if (before == null) {
      return nextNumber++;
    }
    if (before.endpoint().incarnation().equals(endpoint.incarnation())) {
      return before.number();
    }
    removed(before, next, revision);
    return nextNumber++;
  }

  /** What a subscriber is sent first that has this: a delta, a catch-up or a table. */
  EncodedUpdate first(KnownState known) {
    boolean isOwn =
        known.epoch().equals(epoch) && known.number() >= oldestKnown && known.number() <= version;
    if (isOwn) {
      return since(known.number());
    }
    return known
        .view()
        .filter(catchUps::leadFrom)
        .map(view ->
            catchUps.from(view.revision(), named(version), balancing, rows.values(), removed))
        .orElseGet(() -> since(NOTHING));
  }

  /** Leads from an earlier version, which is known, or from nothing, to the latest one. */
  EncodedUpdate since(long from) {
    EncodedUpdate kept = updates.get(from);
    if (kept != null) {
      return kept;
    }
    EncodedUpdate made = from < oldestKnown ? table() : delta(from);
    if (updates.size() < MAX_KEPT_UPDATES) {
      updates.put(from, made);
    }
    return Objects.requireNonNull(made);
  }

  /** Takes what the registry confirms, if it is this table; makes a new heartbeat in any case. */
  void beat(Optional<RegistryState> registry, String service, long nowNanos) {
    catchUps.beat(registry, service, nowNanos);
    // The view in a table grows old.
    forgetUpdates();
  }

  EncodedUpdate heartbeat() {
    return catchUps.heartbeat();
  }

  private void forgetUpdates() {
    updates.clear();
    catchUps.forgetUpdates();
  }

  private EncodedUpdate table() {
    Table.Builder head = Table.newBuilder().setVersion(named(version)).setBalancing(balancing);
    catchUps.view().ifPresent(head::setView);
    Cutter cutter =
        new Cutter(EncodedUpdate.Kind.TABLE, SubscribeResponse.newBuilder().setTable(head));
    rows.values()
        .forEach(row -> {
          TableEndpoint message = row.message();
          cutter.roomFor(message.getSerializedSize()).getTableBuilder().addEndpoints(message);
        });
    return cutter.whole();
  }

  private EncodedUpdate delta(long from) {
    TableDelta.Builder head = TableDelta.newBuilder().setFrom(named(from)).setTo(named(version));
    if (balancingSince > from) {
      head.setBalancing(balancing);
    }
    Cutter cutter =
        new Cutter(EncodedUpdate.Kind.DELTA, SubscribeResponse.newBuilder().setDelta(head));
    removed.stream()
        .filter(row -> row.in() > from)
        .forEach(row -> cutter.roomFor(Integer.BYTES).getDeltaBuilder().addRemoved(row.number()));
    rows.values().stream()
        .filter(row -> row.since() > from)
        .forEach(row -> {
          TableEndpoint message = row.message();
          cutter.roomFor(message.getSerializedSize()).getDeltaBuilder().addChanged(message);
        });
    return cutter.whole();
  }

  private TableVersion named(long number) {
    return TableVersion.newBuilder().setEpoch(epoch).setNumber(number).build();
  }
}
