package dev.lookaside.lb.subscribe;

import dev.lookaside.core.load.EndpointLoad.Reported;
import dev.lookaside.core.load.LoadReport;
import dev.lookaside.v1.LoadUpdate;
import dev.lookaside.v1.SubscribeResponse;
import dev.lookaside.wire.LoadCodec;
import dev.lookaside.wire.LoadValues;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The loads of one service as those subscribers see them that want them at one interval: what has
 * changed since each earlier moment, by the same trick as {@link TableLog}. For one thread.
 *
 * <p>What has not changed is not told, but a subscriber must be able to tell a load that is steady
 * from one that is no longer heard of: a report is renewed after {@link #RENEWAL}.
 */
final class LoadLog {
  /** What a subscriber asks for that was told nothing yet. */
  static final long NOTHING = -1;

  static final Duration RENEWAL = Duration.ofSeconds(1);
  private static final int MAX_KEPT_UPDATES = 64;

  private record Told(LoadValues values, long takenAtNanos, long toldAtNanos, long in) {}

  private final Map<Integer, Told> told = new HashMap<>();
  private final Map<Long, Optional<EncodedUpdate>> updates = new HashMap<>();
  private long moment;
  private long nowNanos;

  /** The latest time at which loads were read. */
  long moment() {
    return moment;
  }

  /** Reads the loads of these endpoints, which are all. */
  void read(Collection<TableLog.Row> rows, long atNanos) {
    moment++;
    nowNanos = atNanos;
    updates.clear();
    for (TableLog.Row row : rows) {
      if (row.load().at(atNanos) instanceof Reported reported) {
        read(row.number(), reported.report());
      }
    }
    if (told.size() > rows.size()) {
      forgetAllBut(rows);
    }
  }

  private void read(int number, LoadReport report) {
    Told before = told.get(number);
    if (before != null && before.takenAtNanos() == report.takenAtNanos()) {
      return;
    }
    LoadValues values = LoadValues.of(report);
    if (before == null
        || !before.values().equals(values)
        || nowNanos - before.toldAtNanos() >= RENEWAL.toNanos()) {
      told.put(number, new Told(values, report.takenAtNanos(), nowNanos, moment));
    }
  }

  private void forgetAllBut(Collection<TableLog.Row> rows) {
    Set<Integer> numbers = new HashSet<>();
    rows.forEach(row -> numbers.add(row.number()));
    told.keySet().retainAll(numbers);
  }

  /** What has changed since an earlier moment; empty if nothing has. */
  Optional<EncodedUpdate> since(long earlier) {
    Optional<EncodedUpdate> kept = updates.get(earlier);
    if (kept != null) {
      return kept;
    }
    Optional<EncodedUpdate> made = encode(earlier);
    if (updates.size() < MAX_KEPT_UPDATES) {
      updates.put(earlier, made);
    }
    return made;
  }

  private Optional<EncodedUpdate> encode(long earlier) {
    LoadUpdate.Builder update = LoadUpdate.newBuilder();
    told.forEach((number, load) -> {
      if (load.in() > earlier) {
        add(update, number, load);
      }
    });
    return update.getNumbersCount() == 0
        ? Optional.empty()
        : Optional.of(EncodedUpdate.of(SubscribeResponse.newBuilder().setLoads(update).build()));
  }

  private void add(LoadUpdate.Builder update, int number, Told load) {
    LoadCodec.add(update, number, load.values(), nowNanos - load.takenAtNanos());
  }
}
