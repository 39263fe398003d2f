package dev.lookaside.lb.subscribe;

import com.google.protobuf.CodedOutputStream;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.v1.Balancing;
import dev.lookaside.v1.CatchUp;
import dev.lookaside.v1.Heartbeat;
import dev.lookaside.v1.RegistryView;
import dev.lookaside.v1.SubscribeResponse;
import dev.lookaside.v1.TableEndpoint;
import dev.lookaside.v1.TableVersion;
import dev.lookaside.wire.SyncedView;
import dev.lookaside.wire.TableChecksum;
import dev.lookaside.wire.ViewCodec;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Which view of the registry a table reflects, and what leads to it from another balancer's table.
 *
 * <p>Balancers read one registry, so that its revision says which rows may differ. Each row has the
 * revision up to which the registry was read when it came: never less than that of its change, so
 * that a row may be sent in vain, but none is left out. For one thread.
 */
final class CatchUps {
  private static final long UNKNOWN = Long.MAX_VALUE;
  private static final int MAX_KEPT_UPDATES = 64;

  private final Map<Long, EncodedUpdate> updates = new HashMap<>();
  private long tableVersion = UNKNOWN;
  private long oldestRevision = UNKNOWN;
  private Optional<SyncedView> view = Optional.empty();
  private EncodedUpdate heartbeat = heartbeat(Optional.empty());

  /** Takes note of the registry's table that was just applied. */
  void read(EndpointTable registered) {
    tableVersion = registered.version();
    if (oldestRevision == UNKNOWN) {
      // What was removed before nobody told us.
      oldestRevision = registered.version();
    }
  }

  void forgetBefore(long revision) {
    oldestRevision = Math.max(oldestRevision, revision);
  }

  /** Takes what the registry confirms if this table is the one that it means, and its new age. */
  void beat(Optional<RegistryState> registry, String service, long nowNanos) {
    view =
        registry.flatMap(state -> {
          EndpointTable confirmed = state.tables().get(service);
          boolean isThis = confirmed != null && confirmed.version() == tableVersion;
          boolean isNone = confirmed == null && tableVersion == UNKNOWN;
          long revision =
              isThis || isNone
                  ? state.revision()
                  : view.filter(last -> last.registry().equals(state.registry()))
                      .map(SyncedView::revision)
                      .orElse(0L);
          return revision <= 0
              ? Optional.empty()
              : Optional.of(
                  new SyncedView(
                      state.registry(), revision, ageMillis(nowNanos - state.confirmedNanos())));
        });
    heartbeat = heartbeat(view());
  }

  private static int ageMillis(long nanos) {
    long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, millis));
  }

  Optional<RegistryView> view() {
    return view.map(ViewCodec::write);
  }

  EncodedUpdate heartbeat() {
    return heartbeat;
  }

  private static EncodedUpdate heartbeat(Optional<RegistryView> view) {
    Heartbeat.Builder heartbeat = Heartbeat.newBuilder();
    view.ifPresent(heartbeat::setView);
    return EncodedUpdate.of(SubscribeResponse.newBuilder().setHeartbeat(heartbeat).build());
  }

  /** Whether all that has changed since that view is known. */
  boolean leadFrom(SyncedView other) {
    return view.filter(own -> own.isComparableTo(other) && !own.isOlderThan(other)).isPresent()
        && other.revision() >= oldestRevision;
  }

  void forgetUpdates() {
    updates.clear();
  }

  /** Leads from a revision that {@linkplain #leadFrom is known} to the latest version. */
  EncodedUpdate from(
      long revision,
      TableVersion to,
      Balancing balancing,
      Collection<TableLog.Row> rows,
      Collection<TableLog.Removed> removed) {
    EncodedUpdate kept = updates.get(revision);
    if (kept != null) {
      return kept;
    }
    Collection<TableEndpoint> all = rows.stream().map(TableLog.Row::message).toList();
    CatchUp.Builder head =
        CatchUp.newBuilder()
            .setFrom(
                RegistryView.newBuilder()
                    .setRegistry(view.orElseThrow().registry())
                    .setRevision(revision))
            .setTo(to)
            .setBalancing(balancing)
            .setChecksum(TableChecksum.of(all));
    view().ifPresent(head::setView);
    Cutter cutter =
        new Cutter(EncodedUpdate.Kind.CATCH_UP, SubscribeResponse.newBuilder().setCatchUp(head));
    removed.stream()
        .filter(gone -> gone.revision() > revision)
        .map(TableLog.Removed::id)
        .distinct()
        .forEach(id ->
            cutter
                .roomFor(CodedOutputStream.computeStringSizeNoTag(id))
                .getCatchUpBuilder()
                .addRemovedIds(id));
    rows.stream()
        .filter(row -> row.revision() > revision)
        .map(TableLog.Row::message)
        .forEach(
            row -> cutter.roomFor(row.getSerializedSize()).getCatchUpBuilder().addChanged(row));
    TableChecksum.inOrder(all)
        .forEach(row ->
            cutter
                .roomFor(Integer.BYTES)
                .getCatchUpBuilder()
                .addNumbers(row.getNumber())
                .addHealths(row.getHealth()));
    EncodedUpdate made = cutter.whole();
    if (updates.size() < MAX_KEPT_UPDATES) {
      updates.put(revision, made);
    }
    return made;
  }
}
