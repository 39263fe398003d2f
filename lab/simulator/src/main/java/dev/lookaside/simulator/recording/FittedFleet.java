package dev.lookaside.simulator.recording;

import dev.lookaside.simulator.recording.Recording.Call;
import dev.lookaside.simulator.recording.Recording.Ending;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Requests and workers as a recording shows them.
 *
 * <p>Policies do not know how long a request will take, so requests of every size come to every
 * worker at every load. Hence the rank of a call among those that came to the same worker at about
 * the same load says how large the request is, and the latency of this rank elsewhere, how long it
 * would have taken there.
 */
final class FittedFleet {
  /** Fewer do not show a distribution. */
  private static final int LEAST_OF_A_BAND = 50;

  private static final int MOST_BANDS = 10;
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  private final double[] sizes;
  private final List<WorkerCurve> curves;

  private FittedFleet(double[] sizes, List<WorkerCurve> curves) {
    this.sizes = sizes;
    this.curves = List.copyOf(curves);
  }

  /** How large each of the recording's calls is, in nanoseconds. */
  double[] sizes() {
    return sizes.clone();
  }

  /** Of the workers, in their order. */
  List<WorkerCurve> curves() {
    return curves;
  }

  static FittedFleet of(Recording recording) {
    List<Call> calls = recording.calls();
    int[] inFlight = InFlight.onArrival(recording);
    RankScale scale = new RankScale(latencies(calls.stream().filter(FittedFleet::isTimed)));
    double[] sizes = new double[calls.size()];
    List<List<Integer>> byWorker =
        recording.workers().stream().<List<Integer>>map(worker -> new ArrayList<>()).toList();
    for (int i = 0; i < sizes.length; i++) {
      if (isTimed(calls.get(i))) {
        byWorker.get(calls.get(i).worker()).add(i);
      }
    }
    List<LatencyBand> unknown = List.of(ofAll(calls));
    List<WorkerCurve> curves = new ArrayList<>();
    for (List<Integer> own : byWorker) {
      curves.add(
          new WorkerCurve(
              scale, own.isEmpty() ? unknown : bands(own, calls, inFlight, scale, sizes)));
    }
    double rank = 0.5;
    for (int i = 0; i < sizes.length; i++) {
      if (!isTimed(calls.get(i))) {
        // How large it would have been, nobody knows: any size, each as likely as the others.
        rank = (rank + GOLDEN) % 1;
        sizes[i] = scale.size(rank);
      }
    }
    return new FittedFleet(sizes, curves);
  }

  private static boolean isTimed(Call call) {
    return call.ending() == Ending.SUCCEEDED;
  }

  private static long[] latencies(Stream<Call> calls) {
    return calls.mapToLong(Call::latencyNanos).toArray();
  }

  /** Of a worker of which nothing is known: it takes as long as the others do on average. */
  private static LatencyBand ofAll(List<Call> calls) {
    long[] all = latencies(calls.stream().filter(FittedFleet::isTimed));
    Arrays.sort(all);
    return new LatencyBand(0, all);
  }

  /** Bands of the calls of one worker; notes the size of each call. */
  private static List<LatencyBand> bands(
      List<Integer> own, List<Call> calls, int[] inFlight, RankScale scale, double[] sizes) {
    List<Integer> byLoad = own.stream().sorted(Comparator.comparingInt(i -> inFlight[i])).toList();
    int wanted = Math.max(LEAST_OF_A_BAND, own.size() / MOST_BANDS);
    List<LatencyBand> bands = new ArrayList<>();
    int from = 0;
    while (from < byLoad.size()) {
      int to = Math.min(from + wanted, byLoad.size());
      while (to < byLoad.size() && inFlight[byLoad.get(to)] == inFlight[byLoad.get(to - 1)]) {
        to++;
      }
      if (byLoad.size() - to < wanted / 2) {
        to = byLoad.size();
      }
      bands.add(band(byLoad.subList(from, to), calls, inFlight, scale, sizes));
      from = to;
    }
    return bands;
  }

  private static LatencyBand band(
      List<Integer> alike, List<Call> calls, int[] inFlight, RankScale scale, double[] sizes) {
    List<Integer> byLatency =
        alike.stream().sorted(Comparator.comparingLong(i -> calls.get(i).latencyNanos())).toList();
    for (int place = 0; place < byLatency.size(); place++) {
      sizes[byLatency.get(place)] = scale.size((place + 0.5) / byLatency.size());
    }
    return new LatencyBand(
        alike.stream().mapToInt(i -> inFlight[i]).average().orElse(0),
        latencies(byLatency.stream().map(calls::get)));
  }
}
