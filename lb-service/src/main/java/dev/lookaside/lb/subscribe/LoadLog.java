package dev.lookaside.lb.subscribe;

import dev.lookaside.core.load.EndpointLoad.Reported;
import dev.lookaside.core.load.LoadReport;
import dev.lookaside.v1.LoadUpdate;
import dev.lookaside.v1.SubscribeResponse;
import dev.lookaside.wire.LoadCodec;
import dev.lookaside.wire.LoadValues;
import dev.lookaside.wire.SubscriptionTerms;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The loads of one service as those subscribers see them that want them at one interval: what has
 * changed since each earlier moment, by the same trick as {@link TableLog}. For one thread.
 *
 * <p>What has not changed is not sent, but a subscriber must be able to tell a load that is steady
 * from one that is no longer heard of: a report is renewed after a while.
 */
final class LoadLog {
  /** What a subscriber asks for that was sent nothing yet. */
  static final long NOTHING = -1;

  private static final int MAX_KEPT_UPDATES = 64;

  private record Latest(LoadValues values, long takenAtNanos, long sentAtNanos, long in) {}

  private final long renewalNanos;
  private final Map<Long, Optional<EncodedUpdate>> updates = new HashMap<>();
  // Of the endpoints of the last reading only: a number that is gone takes its load with it.
  private Map<Integer, Latest> latest = new HashMap<>();
  private long moment;
  private long nowNanos;

  LoadLog(Duration interval) {
    this.renewalNanos = SubscriptionTerms.renewal(interval).toNanos();
  }

  /** The latest time at which loads were read. */
  long moment() {
    return moment;
  }

  /** Reads the loads of these endpoints, which are all. */
  void read(Collection<TableLog.Row> rows, long atNanos) {
    moment++;
    nowNanos = atNanos;
    updates.clear();
    Map<Integer, Latest> before = latest;
    latest = new HashMap<>(2 * rows.size());
    for (TableLog.Row row : rows) {
      if (row.load().at(atNanos) instanceof Reported reported) {
        latest.put(row.number(), newest(before.get(row.number()), reported.report()));
      }
    }
  }

  private Latest newest(@Nullable Latest before, LoadReport report) {
    if (before != null && before.takenAtNanos() == report.takenAtNanos()) {
      return before;
    }
    LoadValues values = LoadValues.of(report);
    boolean isSteady =
        before != null
            && before.values().equals(values)
            && nowNanos - before.sentAtNanos() < renewalNanos;
    return isSteady
        ? Objects.requireNonNull(before)
        : new Latest(values, report.takenAtNanos(), nowNanos, moment);
  }

  /** What has changed since an earlier moment; empty if nothing has. */
  Optional<EncodedUpdate> since(long earlier) {
    Optional<EncodedUpdate> kept = updates.get(earlier);
    if (kept != null) {
      return kept;
    }
    Optional<EncodedUpdate> made = encode(earlier, latest.keySet());
    if (updates.size() < MAX_KEPT_UPDATES) {
      updates.put(earlier, made);
    }
    return made;
  }

  /** The same of some endpoints only. */
  Optional<EncodedUpdate> since(long earlier, Collection<Integer> numbers) {
    return encode(earlier, numbers);
  }

  private Optional<EncodedUpdate> encode(long earlier, Collection<Integer> numbers) {
    LoadUpdate.Builder update = LoadUpdate.newBuilder();
    for (Integer number : numbers) {
      Latest load = latest.get(number);
      if (load != null && load.in() > earlier) {
        LoadCodec.add(update, number, load.values(), nowNanos - load.takenAtNanos());
      }
    }
    return update.getNumbersCount() == 0
        ? Optional.empty()
        : Optional.of(EncodedUpdate.of(SubscribeResponse.newBuilder().setLoads(update).build()));
  }
}
