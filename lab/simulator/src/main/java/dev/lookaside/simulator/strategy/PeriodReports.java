package dev.lookaside.simulator.strategy;

import dev.lookaside.simulator.fleet.Fleet;
import dev.lookaside.simulator.fleet.LoadSample;
import java.util.Arrays;

/** What servers have reported in a period, in the mean. */
final class PeriodReports {
  private final double[] capacity;
  private final double[] utilization;
  private final double[] requestsPerSecond;
  private final int[] count;

  PeriodReports(Fleet fleet) {
    this.capacity =
        fleet.members().stream().mapToDouble(member -> member.group().capacity()).toArray();
    this.utilization = new double[capacity.length];
    this.requestsPerSecond = new double[capacity.length];
    this.count = new int[capacity.length];
  }

  void add(LoadSample sample) {
    int server = sample.server();
    utilization[server] += Math.max(sample.cpuUtilization(), sample.inFlight() / capacity[server]);
    requestsPerSecond[server] += sample.requestsPerSecond();
    count[server]++;
  }

  /** Whether there are any; without, there is no mean. */
  boolean has(int server) {
    return count[server] > 0;
  }

  /** The larger of CPU time and requests in flight by capacity. */
  double utilization(int server) {
    return utilization[server] / count[server];
  }

  double requestsPerSecond(int server) {
    return requestsPerSecond[server] / count[server];
  }

  double capacity(int server) {
    return capacity[server];
  }

  void forget(int server) {
    utilization[server] = 0;
    requestsPerSecond[server] = 0;
    count[server] = 0;
  }

  /** Begins a new period. */
  void forgetAll() {
    Arrays.fill(utilization, 0);
    Arrays.fill(requestsPerSecond, 0);
    Arrays.fill(count, 0);
  }
}
