package dev.lookaside.simulator.recording;

import dev.lookaside.simulator.recording.Recording.Call;
import dev.lookaside.simulator.recording.Recording.Ending;
import dev.lookaside.simulator.recording.Recording.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/**
 * A service whose truth is known: unequal workers that each serve one request after the other, four
 * fifths of which are short; arrivals are independent of each other.
 */
final class Truth {
  private static final double[] SPEEDS = {2, 1, 1};
  private static final double SECOND = 1e9;

  private final RandomGenerator random;
  private final double rate;
  private final long[] freeAt = new long[SPEEDS.length];
  private final List<PriorityQueue<Long>> present = new ArrayList<>();
  private int turn;

  /**
   * @param rate requests per second
   */
  Truth(RandomGenerator random, double rate) {
    this.random = random;
    this.rate = rate;
    for (int i = 0; i < SPEEDS.length; i++) {
      present.add(new PriorityQueue<>());
    }
  }

  /** In turn. */
  int rotation() {
    return turn++ % SPEEDS.length;
  }

  /** Where the fewest are, any of equals. */
  int fewest() {
    int start = random.nextInt(SPEEDS.length);
    int fewest = start;
    for (int i = 1; i < SPEEDS.length; i++) {
      int other = (start + i) % SPEEDS.length;
      fewest = present.get(other).size() < present.get(fewest).size() ? other : fewest;
    }
    return fewest;
  }

  Recording record(String policy, Duration duration, ToIntFunction<Truth> choice) {
    List<Call> calls = new ArrayList<>();
    long now = 0;
    while (true) {
      now += (long) (-Math.log1p(-random.nextDouble()) / rate * SECOND);
      if (now >= duration.toNanos()) {
        break;
      }
      for (PriorityQueue<Long> one : present) {
        while (!one.isEmpty() && one.element() <= now) {
          one.remove();
        }
      }
      int worker = choice.applyAsInt(this);
      double millis = random.nextDouble() < 0.8 ? 10 : 50;
      long end = Math.max(now, freeAt[worker]) + (long) (millis * 1e6 / SPEEDS[worker]);
      freeAt[worker] = end;
      present.get(worker).add(end);
      calls.add(new Call(now, end - now, worker, Ending.SUCCEEDED, false));
    }
    List<Worker> workers = new ArrayList<>();
    for (int w = 0; w < SPEEDS.length; w++) {
      workers.add(new Worker("w" + w, 1, 1, Double.NaN));
    }
    return new Recording("worker", List.of(policy), duration, 1, 0, workers, calls);
  }
}
