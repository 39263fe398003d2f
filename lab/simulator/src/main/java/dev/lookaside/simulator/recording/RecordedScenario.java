package dev.lookaside.simulator.recording;

import dev.lookaside.simulator.recording.Recording.Call;
import dev.lookaside.simulator.recording.Recording.Ending;
import dev.lookaside.simulator.recording.Recording.Worker;
import dev.lookaside.simulator.scenario.Event;
import dev.lookaside.simulator.scenario.Replay;
import dev.lookaside.simulator.scenario.Scenario;
import dev.lookaside.simulator.scenario.ServerGroup;
import dev.lookaside.simulator.scenario.ServiceCurve;
import dev.lookaside.simulator.scenario.SpeedNoise;
import dev.lookaside.simulator.trace.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The scenario that a recording is: its arrivals, at workers that are as they have shown. */
public final class RecordedScenario {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int GOOD_TIMES_MEAN = 10;

  private RecordedScenario() {}

  public static Scenario of(Recording recording, int seeds) {
    FittedFleet fitted = FittedFleet.of(recording);
    List<ServerGroup> groups = new ArrayList<>();
    List<Event> events = new ArrayList<>();
    Map<String, ServiceCurve> curves = new HashMap<>();
    Map<Integer, List<Call>> byWorker =
        recording.calls().stream().collect(Collectors.groupingBy(Call::worker));
    for (int w = 0; w < recording.workers().size(); w++) {
      String name = String.format(Locale.ROOT, "w%05d", w);
      groups.add(group(name, recording.workers().get(w)));
      curves.put(name, fitted.curves().get(w));
      events.addAll(failing(name, byWorker.getOrDefault(w, List.of())));
    }
    Trace trace =
        Trace.of(
            recording.calls().stream().mapToLong(Call::atNanos).toArray(),
            Arrays.stream(fitted.sizes()).map(size -> size / NANOS_PER_MILLI).toArray());
    return Scenario.ofReplay(
        "calls to " + recording.service(),
        groups,
        new Replay(trace, Duration.ofMillis(1), curves),
        recording.pickers(),
        events,
        recording.duration(),
        recording.warmUp(),
        goodWithin(recording),
        seeds);
  }

  private static ServerGroup group(String name, Worker worker) {
    return new ServerGroup(
        name,
        1,
        worker.capacity(),
        1.0,
        worker.capacity(),
        Integer.MAX_VALUE,
        0.0,
        null,
        SpeedNoise.NONE,
        List.of());
  }

  /** A worker fails as many of its calls as it did, after as long as it took. */
  private static List<Event> failing(String name, List<Call> calls) {
    List<Call> failed = calls.stream().filter(c -> c.ending() != Ending.SUCCEEDED).toList();
    if (failed.isEmpty()) {
      return List.of();
    }
    double mean = failed.stream().mapToLong(Call::latencyNanos).average().orElse(0);
    return List.of(
        new Event.Errors(
            name,
            null,
            Duration.ZERO,
            null,
            (double) failed.size() / calls.size(),
            Duration.ofNanos(Math.max(1, (long) mean))));
  }

  /** As in other scenarios: ten times the mean, in whole milliseconds. */
  private static Duration goodWithin(Recording recording) {
    double mean =
        recording.calls().stream()
            .filter(call -> call.ending() == Ending.SUCCEEDED)
            .mapToLong(Call::latencyNanos)
            .average()
            .orElse(0);
    return Duration.ofMillis(
        Math.max(1, (long) Math.ceil(GOOD_TIMES_MEAN * mean / NANOS_PER_MILLI)));
  }
}
