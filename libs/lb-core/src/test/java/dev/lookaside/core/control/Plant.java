package dev.lookaside.core.control;

import dev.lookaside.core.endpoint.Incarnation;
import dev.lookaside.core.time.ManualTicker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * A fleet under a controller, in virtual time: requests come at a steady rate and go to endpoints
 * by their weights; each reports how utilized it was, some steps later.
 */
final class Plant {
  static final Duration INTERVAL = Duration.ofSeconds(2);

  /** As much of itself as it is asked to do, such as CPU. */
  static final DoubleUnaryOperator PROPORTIONAL = work -> work;

  /** Requests present in a queue with one server, cut off where it overflows. */
  static final DoubleUnaryOperator QUEUE = work -> Math.min(50, work / (1 - Math.min(0.98, work)));

  private final WeightController controller = new WeightController(ControlSettings.defaults());
  private final ManualTicker ticker = new ManualTicker();
  private final List<Double> speeds;
  private final DoubleUnaryOperator utilization;
  private final Deque<List<Controlled>> underWay = new ArrayDeque<>();
  private final int delay;
  private double load = 0.8;
  private ControlledWeights weights = ControlledWeights.NONE;

  /**
   * @param speeds what each endpoint can do, as a share of all
   * @param delay after how many steps a report arrives
   */
  Plant(List<Double> speeds, DoubleUnaryOperator utilization, int delay) {
    this.speeds = new ArrayList<>(speeds);
    this.utilization = utilization;
    this.delay = delay;
  }

  /** Endpoints of speeds 1:2:4 that claim the same capacity, at 80 %. */
  static Plant unequal(DoubleUnaryOperator utilization, int delay) {
    return new Plant(List.of(1.0, 2.0, 4.0), utilization, delay);
  }

  /** What all have to do, as a share of what they can. */
  void load(double newLoad) {
    load = newLoad;
  }

  void add(double speed) {
    speeds.add(speed);
  }

  void speed(int place, double speed) {
    speeds.set(place, speed);
  }

  void step() {
    ticker.advance(INTERVAL);
    underWay.add(reports());
    weights =
        controller.step(
            weights, underWay.size() > delay ? underWay.remove() : withoutReadings(reports()));
  }

  /** The largest utilization by the mean of all, under the weights of now. */
  double imbalance() {
    double[] all = utilizations();
    double sum = 0;
    double most = 0;
    for (double each : all) {
      sum += each;
      most = Math.max(most, each);
    }
    return most * all.length / sum;
  }

  /** Under the weights of now. */
  double[] utilizations() {
    double[] all = new double[speeds.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = utilization.applyAsDouble(rate(i) / speeds.get(i));
    }
    return all;
  }

  double weight(int place) {
    return weights.of(name(place));
  }

  private double rate(int place) {
    double sum = 0;
    for (int i = 0; i < speeds.size(); i++) {
      sum += weight(i);
    }
    double able = speeds.stream().mapToDouble(Double::doubleValue).sum();
    return load * able * weight(place) / sum;
  }

  private List<Controlled> reports() {
    double[] all = utilizations();
    List<Controlled> reports = new ArrayList<>();
    for (int i = 0; i < all.length; i++) {
      reports.add(
          new Controlled(name(i), 1, Optional.of(new Reading(all[i], rate(i), ticker.nanos()))));
    }
    return reports;
  }

  private static List<Controlled> withoutReadings(List<Controlled> reports) {
    return reports.stream()
        .map(report -> new Controlled(report.endpoint(), report.capacity(), Optional.empty()))
        .toList();
  }

  private static Incarnation name(int place) {
    return new Incarnation("w" + place, "1");
  }
}
