package dev.lookaside.client.load;

import dev.lookaside.client.load.LoadSummary.FailureCount;
import dev.lookaside.client.task.Failures;
import io.grpc.Status;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Counts outcomes as they come, from any thread. */
final class Tally {
  private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);
  private static final int DIGITS = 3;

  private static final class Row {
    private final Histogram micros = new Histogram(LONGEST_MICROS, DIGITS);
    private long refused;

    LatencyRow named(String name) {
      return new LatencyRow(name, refused, micros.copy());
    }
  }

  private final Map<String, Row> workers = new TreeMap<>();
  private final Map<String, Row> kinds = new LinkedHashMap<>();
  private final Row all = new Row();
  private final Map<String, FailureCount> failures = new TreeMap<>();
  private long retries;

  Tally(TaskMix mix) {
    mix.tasks().forEach(task -> kinds.put(task, new Row()));
  }

  /** Counts one task, with its latency as a user saw it who wanted it at the intended time. */
  synchronized void count(String task, Sent sent, long latencyNanos) {
    sent.refusedBy().forEach(id -> worker(id).refused++);
    Row kind = kinds.computeIfAbsent(task, name -> new Row());
    int refusals = sent.refusedBy().size();
    if (sent.end() instanceof Sent.End.Done done) {
      long micros = Math.min(TimeUnit.NANOSECONDS.toMicros(latencyNanos), LONGEST_MICROS);
      worker(done.workerId()).micros.recordValue(micros);
      kind.micros.recordValue(micros);
      all.micros.recordValue(micros);
      retries += refusals;
    } else {
      retries += Math.max(0, refusals - 1);
      fail(((Sent.End.Failed) sent.end()).status());
    }
    kind.refused += refusals;
    all.refused += refusals;
  }

  synchronized LoadSummary summary(int clients, Duration elapsed) {
    return new LoadSummary(
        clients,
        elapsed,
        retries,
        Map.copyOf(failures),
        workers.entrySet().stream().map(e -> e.getValue().named(e.getKey())).toList(),
        kinds.entrySet().stream().map(e -> e.getValue().named(e.getKey())).toList(),
        all.named("all"));
  }

  private void fail(Status status) {
    failures.merge(
        status.getCode().name(),
        new FailureCount(1, Failures.describe(status)),
        (was, one) -> new FailureCount(was.count() + 1, was.example()));
  }

  private Row worker(String id) {
    return workers.computeIfAbsent(id, name -> new Row());
  }
}
