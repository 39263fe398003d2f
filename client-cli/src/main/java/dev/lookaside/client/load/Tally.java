package dev.lookaside.client.load;

import dev.lookaside.client.load.LoadSummary.FailureCount;
import dev.lookaside.client.task.Failures;
import io.grpc.Status;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Counts outcomes as they come, from any thread. */
final class Tally {
  private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);
  private static final int DIGITS = 3;

  /** Workers beyond these, such as those of a peer that invents a new name each time, are one. */
  static final int MOST_WORKERS = 1_000;

  static final String OTHERS = "(others)";

  private static final class Row {
    private final Histogram micros = new Histogram(DIGITS);
    private long done;
    private long failed;
    private long refused;

    void ended(Sent.End end, long latencyNanos) {
      micros.recordValue(
          Math.min(Math.max(0, TimeUnit.NANOSECONDS.toMicros(latencyNanos)), LONGEST_MICROS));
      if (end instanceof Sent.End.Done) {
        done++;
      } else {
        failed++;
      }
    }

    LatencyRow named(String name) {
      return new LatencyRow(name, done, failed, refused, micros.copy());
    }
  }

  private final Map<String, Row> workers = new TreeMap<>();
  private final WorkerShares shares = new WorkerShares();
  private final Map<String, Row> kinds = new LinkedHashMap<>();
  private final Row all = new Row();
  private final Map<String, FailureCount> failures = new TreeMap<>();
  private long retries;
  private long doneWhileSending;

  Tally(TaskMix mix) {
    mix.tasks().forEach(task -> kinds.put(task, new Row()));
  }

  /**
   * Counts one task.
   *
   * @param sinceNanos when it was to start, counted from the end of the warm-up
   * @param latencyNanos as a user saw it who wanted it at that time
   */
  synchronized void count(String task, Sent sent, long sinceNanos, long latencyNanos) {
    List<String> refusedBy = sent.refusedBy().stream().map(this::known).toList();
    int refusals = refusedBy.size();
    for (String id : refusedBy) {
      worker(id).refused++;
      shares.count(id, sinceNanos);
    }
    Row kind = kinds.computeIfAbsent(task, name -> new Row());
    if (sent.end() instanceof Sent.End.Done done) {
      String id = known(done.workerId());
      worker(id).ended(done, latencyNanos);
      shares.count(id, sinceNanos);
      retries += refusals;
    } else {
      if (refusals > 0) {
        worker(refusedBy.get(refusals - 1)).ended(sent.end(), latencyNanos);
      }
      retries += Math.max(0, refusals - 1);
      fail(((Sent.End.Failed) sent.end()).status());
    }
    for (Row row : List.of(kind, all)) {
      row.ended(sent.end(), latencyNanos);
      row.refused += refusals;
    }
  }

  /** Counts a task that was done while others were still sent. */
  synchronized void doneWhileSending() {
    doneWhileSending++;
  }

  synchronized LoadSummary summary(int clients, Duration sending) {
    return new LoadSummary(
        clients,
        sending,
        doneWhileSending,
        retries,
        Map.copyOf(failures),
        workers.entrySet().stream().map(e -> e.getValue().named(e.getKey())).toList(),
        kinds.entrySet().stream().map(e -> e.getValue().named(e.getKey())).toList(),
        all.named("all"),
        shares.fairness(sending.toNanos()));
  }

  private void fail(Status status) {
    failures.merge(
        status.getCode().name(),
        new FailureCount(1, Failures.describe(status)),
        (was, one) -> new FailureCount(was.count() + 1, was.example()));
  }

  private String known(String id) {
    return workers.size() < MOST_WORKERS || workers.containsKey(id) ? id : OTHERS;
  }

  private Row worker(String id) {
    return workers.computeIfAbsent(id, name -> new Row());
  }
}
