package dev.lookaside.lb.subscribe;

import dev.lookaside.core.balancer.ServiceSnapshot;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.LiveLoad;
import dev.lookaside.core.load.LoadView;
import dev.lookaside.v1.Balancing;
import dev.lookaside.v1.EndpointHealth;
import dev.lookaside.v1.SubscribeResponse;
import dev.lookaside.v1.Table;
import dev.lookaside.v1.TableDelta;
import dev.lookaside.v1.TableEndpoint;
import dev.lookaside.v1.TableVersion;
import dev.lookaside.wire.TableCodec;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The table of one service as subscribers see it, and what has changed since each earlier version.
 *
 * <p>There is no list of deltas. Each row knows the version in which it last changed, and removed
 * rows leave their number behind for a while, so that the delta from any version to the latest one
 * can be made when it is asked for: it is small however many versions a reader has missed. What is
 * made is kept until the next change, since most subscribers ask for the same. For one thread.
 */
final class TableLog {
  /** What a client that has no table asks for. */
  static final long NOTHING = -1;

  private static final int MAX_REMOVED = 10_000;
  private static final int MAX_KEPT_UPDATES = 64;

  /** One endpoint, as it has been since a version. */
  record Row(
      int number,
      Endpoint endpoint,
      EndpointHealth health,
      LiveLoad load,
      TableEndpoint message,
      long since) {}

  private record Removed(int number, long in) {}

  private final String epoch;
  private final LoadView loads;
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final Deque<Removed> removed = new ArrayDeque<>();
  private final Map<Long, EncodedUpdate> updates = new HashMap<>();
  private Balancing balancing;
  private long balancingSince;
  private long version;
  private long oldestKnown;
  private int nextNumber;

  /** An empty table. */
  TableLog(String epoch, Balancing balancing, LoadView loads) {
    this.epoch = epoch;
    this.balancing = balancing;
    this.loads = loads;
  }

  long version() {
    return version;
  }

  Collection<Row> rows() {
    return Collections.unmodifiableCollection(rows.values());
  }

  /** The version that a client has, if it is one of this log, or {@link #NOTHING}. */
  long recognize(TableVersion have) {
    boolean isKnown =
        have.getEpoch().equals(epoch)
            && have.getNumber() >= oldestKnown
            && have.getNumber() <= version;
    return isKnown ? have.getNumber() : NOTHING;
  }

  /** Takes the latest state of the service; says whether subscribers see a difference. */
  boolean apply(ServiceSnapshot snapshot, Balancing nowBalancing) {
    long next = version + 1;
    boolean changed = removeAllBut(snapshot, next);
    for (Endpoint endpoint : snapshot.registered().endpoints()) {
      changed |= put(endpoint, TableCodec.health(endpoint, snapshot), next);
    }
    if (!balancing.equals(nowBalancing)) {
      balancing = nowBalancing;
      balancingSince = next;
      changed = true;
    }
    if (changed) {
      version = next;
      updates.clear();
    }
    return changed;
  }

  private boolean removeAllBut(ServiceSnapshot snapshot, long next) {
    boolean changed =
        rows.values()
            .removeIf(row -> {
              boolean gone = snapshot.registered().find(row.endpoint().id()).isEmpty();
              if (gone) {
                removed.add(new Removed(row.number(), next));
              }
              return gone;
            });
    while (removed.size() > MAX_REMOVED) {
      oldestKnown = removed.remove().in();
    }
    return changed;
  }

  private boolean put(Endpoint endpoint, EndpointHealth health, long next) {
    Row before = rows.get(endpoint.id());
    LiveLoad load = loads.of(endpoint);
    if (before != null && before.health() == health && before.endpoint().equals(endpoint)) {
      rows.put(
          endpoint.id(),
          new Row(before.number(), endpoint, health, load, before.message(), before.since()));
      return false;
    }
    int number = before == null ? nextNumber++ : before.number();
    TableEndpoint message = TableCodec.write(number, endpoint, health);
    boolean differs = before == null || !before.message().equals(message);
    long since = differs || before == null ? next : before.since();
    rows.put(endpoint.id(), new Row(number, endpoint, health, load, message, since));
    return differs;
  }

  /** Leads from a version that was {@linkplain #recognize recognized} to the latest one. */
  EncodedUpdate since(long from) {
    EncodedUpdate kept = updates.get(from);
    if (kept != null) {
      return kept;
    }
    EncodedUpdate made = EncodedUpdate.of(from < oldestKnown ? table() : delta(from));
    if (updates.size() < MAX_KEPT_UPDATES) {
      updates.put(from, made);
    }
    return Objects.requireNonNull(made);
  }

  private SubscribeResponse table() {
    Table.Builder table = Table.newBuilder().setVersion(named(version)).setBalancing(balancing);
    rows.values().forEach(row -> table.addEndpoints(row.message()));
    return SubscribeResponse.newBuilder().setTable(table).build();
  }

  private SubscribeResponse delta(long from) {
    TableDelta.Builder delta = TableDelta.newBuilder().setFrom(named(from)).setTo(named(version));
    if (balancingSince > from) {
      delta.setBalancing(balancing);
    }
    rows.values().stream()
        .filter(row -> row.since() > from)
        .forEach(row -> delta.addChanged(row.message()));
    removed.stream().filter(row -> row.in() > from).forEach(row -> delta.addRemoved(row.number()));
    return SubscribeResponse.newBuilder().setDelta(delta).build();
  }

  private TableVersion named(long number) {
    return TableVersion.newBuilder().setEpoch(epoch).setNumber(number).build();
  }
}
