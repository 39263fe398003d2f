package dev.lookaside.benchmarks.subscribe;

import dev.lookaside.benchmarks.Measurement;
import dev.lookaside.testing.net.FreePorts;
import dev.lookaside.testing.time.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What subscribers cost one balancer: how soon a change has reached all of them, what share of a
 * core their loads take, and how much heap each holds.
 *
 * <p>The balancer is a process of its own; endpoints and subscribers are in this one, each with a
 * connection of its own. A change is timed from before it is put into etcd to when the last
 * subscriber has it.
 */
@Command(name = "subscribers", mixinStandardHelpOptions = true, showDefaultValues = true)
final class SubscriberBenchmark implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MEBI = 1 << 20;
  private static final int KIBI = 1 << 10;

  @Option(names = "--lb-jar", defaultValue = "lb-service/target/lb-service.jar")
  private Path lbJar = Path.of("");

  @Option(names = "--subscribers", defaultValue = "1000")
  private int subscribers;

  @Option(names = "--endpoints", defaultValue = "1000")
  private int endpoints;

  @Option(names = "--load-millis", defaultValue = "100")
  private int loadMillis;

  @Option(names = "--changes", defaultValue = "21", description = "Changes that are timed.")
  private int changes;

  @Option(names = "--seconds", defaultValue = "20", description = "Length of one measurement.")
  private int seconds;

  private int changesMade;

  public static void main(String[] args) {
    Measurement.run(new SubscriberBenchmark(), args);
  }

  @Override
  public Integer call() throws Exception {
    Path log = Files.createTempDirectory("subscribers").resolve("lb.log");
    int port = FreePorts.one();
    int etcdPort = FreePorts.one();
    print(
        "%d subscribers, %d endpoints; balancer's log: %s".formatted(subscribers, endpoints, log));
    try (ServerProcess lb = new ServerProcess(log, lbJar, port, etcdPort)) {
      lb.awaitReady();
      try (Fleet fleet = new Fleet(endpoints, FreePorts.one(), etcdPort)) {
        fleet.register();
        fleet.stir();
        Thread.sleep(Duration.ofSeconds(10).toMillis());
        long emptyHeap = lb.heapBytes();
        print("CPU without subscribers: %.2f cores".formatted(cores(lb)));
        measure(lb, fleet, port, 0, emptyHeap);
        measure(lb, fleet, port, loadMillis, emptyHeap);
      }
    }
    return 0;
  }

  private void measure(ServerProcess lb, Fleet fleet, int port, int millis, long emptyHeap)
      throws Exception {
    print("%n%s".formatted(millis == 0 ? "No loads" : "Loads every " + millis + " ms"));
    try (Crowd crowd = new Crowd()) {
      crowd.join(port, subscribers, millis);
      Eventually.within(PATIENCE, "the subscribers", () -> crowd.tables.get() == subscribers);
      Thread.sleep(Duration.ofSeconds(5).toMillis());
      long loadsBefore = crowd.loads.sum();
      long bytesBefore = crowd.loadBytes.sum();
      print("  CPU                       : %.2f cores".formatted(cores(lb)));
      print(
          "  loads received            : %d /s, %.1f MiB/s"
              .formatted(
                  (crowd.loads.sum() - loadsBefore) / seconds,
                  (crowd.loadBytes.sum() - bytesBefore) / MEBI / seconds));
      double[] times = new double[changes];
      for (int i = 0; i < changes; i++) {
        times[i] = timeChange(crowd, fleet);
      }
      Arrays.sort(times);
      print(
          "  a change has reached all  : median %.0f ms, max %.0f ms of %d"
              .formatted(times[changes / 2], times[changes - 1], changes));
      print(
          "  heap per subscriber       : %.1f KiB"
              .formatted((lb.heapBytes() - emptyHeap) / (double) subscribers / KIBI));
      print("  subscriptions that failed : %d".formatted(crowd.failures.get()));
    }
    Thread.sleep(Duration.ofSeconds(3).toMillis());
  }

  private double timeChange(Crowd crowd, Fleet fleet) throws Exception {
    crowd.deltas.set(0);
    // A capacity that no endpoint ever had: what is put again as it was is no change.
    changesMade++;
    long start = System.nanoTime();
    fleet.put(changesMade % endpoints, 1 + changesMade).get();
    Eventually.within(PATIENCE, "a change", () -> crowd.deltas.get() >= subscribers);
    Thread.sleep(Duration.ofMillis(200).toMillis());
    return (crowd.lastDeltaNanos.get() - start) / NANOS_PER_MILLI;
  }

  private double cores(ServerProcess lb) throws InterruptedException {
    long start = System.nanoTime();
    Duration before = lb.cpu();
    Thread.sleep(Duration.ofSeconds(seconds).toMillis());
    double cpuSeconds = lb.cpu().minus(before).toNanos() / NANOS_PER_SECOND;
    return cpuSeconds / ((System.nanoTime() - start) / NANOS_PER_SECOND);
  }

  private static void print(String line) {
    System.out.println(line);
  }
}
