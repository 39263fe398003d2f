package dev.lookaside.simulator.recording;

import dev.lookaside.simulator.recording.Recording.Call;
import dev.lookaside.simulator.recording.Recording.Ending;
import dev.lookaside.simulator.recording.Recording.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rows of a recording as they are read. */
final class RecordingRows {
  static final int MAX_CALLS = 2_000_000;
  static final int MAX_WORKERS = 10_000;
  private static final int LONGEST_ID = 128;
  private static final double LONGEST_SECONDS = 86_400;

  /** What a row tells. */
  private enum Kind {
    CALL,
    LOAD
  }

  private enum Dating {
    PICK,
    STATISTICS
  }

  private enum Condition {
    READY,
    CONNECTING,
    TRANSIENT_FAILURE,
    EJECTED,
    DRAINING
  }

  /** What is known of a worker so far. */
  private static final class Seen {
    private double capacity = 1;
    private long looks;
    private long ready;
    private long reports;
    private double inFlight;
    private boolean called;

    boolean takesPart() {
      return called || ready > 0;
    }

    Worker as(String id) {
      return new Worker(
          id,
          capacity,
          looks == 0 ? 1 : (double) ready / looks,
          reports == 0 ? Double.NaN : inFlight / reports);
    }
  }

  private record Row(
      long atNanos, long latencyNanos, String worker, Ending ending, Dating dating) {}

  private final Map<String, Seen> workers = new TreeMap<>();
  private final List<Row> calls = new ArrayList<>();

  void add(RecordingRow row) {
    switch (row.word("kind", Kind.class)) {
      case CALL -> call(row);
      case LOAD -> load(row);
    }
  }

  private void call(RecordingRow row) {
    if (calls.size() == MAX_CALLS) {
      throw new IllegalArgumentException(
          "there are more calls (expected: at most " + MAX_CALLS + ")");
    }
    Row call =
        new Row(
            row.seconds("time", LONGEST_SECONDS),
            row.seconds("latency", LONGEST_SECONDS),
            id(row),
            row.word("ending", Ending.class),
            row.word("dating", Dating.class));
    worker(row).called = true;
    calls.add(call);
  }

  private void load(RecordingRow row) {
    Condition condition = row.word("condition", Condition.class);
    var unused = row.seconds("time", LONGEST_SECONDS);
    double capacity = row.number("capacity", 1e-9, 1e9);
    double inFlight = row.has("in_flight") ? row.number("in_flight", 0, 1e9) : Double.NaN;
    Seen worker = worker(row);
    worker.capacity = capacity;
    worker.looks++;
    worker.ready += condition == Condition.READY ? 1 : 0;
    if (!Double.isNaN(inFlight)) {
      worker.reports++;
      worker.inFlight += inFlight;
    }
  }

  private static String id(RecordingRow row) {
    String id = row.text("endpoint");
    if (id.isEmpty() || id.length() > LONGEST_ID) {
      throw row.wrong("endpoint", id, "1 to " + LONGEST_ID + " characters", null);
    }
    return id;
  }

  private Seen worker(RecordingRow row) {
    String id = id(row);
    Seen seen = workers.get(id);
    if (seen == null) {
      if (workers.size() == MAX_WORKERS) {
        throw row.wrong("endpoint", id, "at most " + MAX_WORKERS + " different ones", null);
      }
      seen = new Seen();
      workers.put(id, seen);
    }
    return seen;
  }

  Recording recording(RecordingNotes notes) {
    notes.requireWhole();
    Duration duration = notes.duration();
    Map<String, Integer> places = new HashMap<>();
    List<Worker> taking = new ArrayList<>();
    workers.forEach((id, seen) -> {
      if (seen.takesPart()) {
        places.put(id, taking.size());
        taking.add(seen.as(id));
      }
    });
    List<Call> inOrder =
        calls.stream()
            .filter(row -> row.atNanos() < duration.toNanos())
            .sorted(Comparator.comparingLong(Row::atNanos))
            .map(row ->
                new Call(
                    row.atNanos(),
                    row.latencyNanos(),
                    places.getOrDefault(row.worker(), 0),
                    row.ending(),
                    row.dating() == Dating.STATISTICS))
            .toList();
    if (inOrder.stream().noneMatch(call -> call.ending() == Ending.SUCCEEDED)) {
      throw new IllegalArgumentException(
          "there is no call that succeeded (expected: at least one to replay)");
    }
    return new Recording(
        notes.service(),
        notes.policies(),
        duration,
        Math.max(1, notes.pickers()),
        notes.leftOut(),
        taking,
        inOrder);
  }
}
