package dev.lookaside.simulator.recording;

import dev.lookaside.simulator.recording.Recording.Call;
import java.util.List;
import java.util.PriorityQueue;

/** How many calls each worker had when each call came, the call itself not counted. */
final class InFlight {
  private InFlight() {}

  /** In the order of the recording's calls. */
  static int[] onArrival(Recording recording) {
    List<PriorityQueue<Long>> ends =
        recording.workers().stream().map(worker -> new PriorityQueue<Long>()).toList();
    int[] counts = new int[recording.calls().size()];
    for (int i = 0; i < counts.length; i++) {
      Call call = recording.calls().get(i);
      PriorityQueue<Long> present = ends.get(call.worker());
      while (!present.isEmpty() && present.element() <= call.atNanos()) {
        present.remove();
      }
      counts[i] = present.size();
      present.add(call.endNanos());
    }
    return counts;
  }

  /** How many calls there were at a time, on average over the recording, at all workers. */
  static double mean(Recording recording) {
    double end = recording.duration().toNanos();
    double present = 0;
    for (Call call : recording.calls()) {
      present += Math.min((double) call.endNanos(), end) - call.atNanos();
    }
    return present / end;
  }
}
