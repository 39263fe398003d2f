package dev.lookaside.benchmarks.subscribe;

import dev.lookaside.benchmarks.Measurement;
import dev.lookaside.benchmarks.pick.SteadyPicks;
import dev.lookaside.testing.net.FreePorts;
import dev.lookaside.testing.time.Eventually;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What xDS clients cost one balancer: CPU and bytes of a push of weights, how soon a change of
 * membership has reached all of them, and how much heap each holds.
 *
 * <p>The balancer is a process of its own; endpoints and clients are in this one, each client with
 * a connection of its own. What the process takes without a push is measured first and taken off.
 */
@Command(name = "xds", mixinStandardHelpOptions = true, showDefaultValues = true)
final class XdsBenchmark implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double KIBI = 1 << 10;
  private static final int SPARE = 1_000;
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final Duration BETWEEN_CHANGES = Duration.ofMillis(600);
  private static final double FULL = 1;
  private static final double HALF = 0.5;

  @Option(names = "--lb-jar", defaultValue = "lb-service/target/lb-service.jar")
  private Path lbJar = Path.of("");

  @Option(names = "--streams", defaultValue = "100")
  private int streams;

  @Option(names = "--endpoints", defaultValue = "300")
  private int endpoints;

  @Option(names = "--pushes", defaultValue = "20", description = "Pushes that are measured.")
  private int pushes;

  public static void main(String[] args) {
    Measurement.run(new XdsBenchmark(), args);
  }

  @Override
  public Integer call() throws Exception {
    Path log = Files.createTempDirectory("xds").resolve("lb.log");
    int port = FreePorts.one();
    int etcdPort = FreePorts.one();
    print("%d streams, %d endpoints; balancer's log: %s".formatted(streams, endpoints, log));
    try (ServerProcess lb =
        new ServerProcess(
            log,
            lbJar,
            port,
            etcdPort,
            "--lb.load.interval=5s",
            "--lb.slow-start=0s",
            // All clients come from one address here.
            "--lookaside.limits.address-share=1",
            "--lookaside.limits.connections=" + (streams + SPARE),
            "--lookaside.limits.calls=" + (2 * streams + SPARE),
            "--lb.xds.max-streams=" + (streams + SPARE),
            "--lb.xds.weight-interval=500ms",
            "--lb.xds.weight-threshold=0")) {
      lb.awaitReady();
      try (Fleet fleet = new Fleet(endpoints, FreePorts.one(), etcdPort)) {
        fleet.register();
        Thread.sleep(Duration.ofSeconds(10).toMillis());
        long emptyHeap = lb.heapBytes();
        try (XdsCrowd crowd = new XdsCrowd()) {
          crowd.join(port, streams);
          Eventually.within(
              PATIENCE, "the first responses", () -> crowd.assignments.get() >= streams);
          Thread.sleep(Duration.ofSeconds(5).toMillis());
          print(
              "  heap per stream            : %.1f KiB"
                  .formatted((lb.heapBytes() - emptyHeap) / KIBI / streams));
          warmUp(crowd, fleet);
          measureWeights(lb, crowd, fleet);
          measureMembership(crowd, fleet, port);
          print("  streams that failed        : %d".formatted(crowd.failures.get()));
        }
      }
    }
    return 0;
  }

  private void warmUp(XdsCrowd crowd, Fleet fleet) throws Exception {
    for (int i = 0; i < pushes; i++) {
      push(crowd, fleet, i % 2 == 0 ? HALF : FULL);
    }
  }

  private void measureWeights(ServerProcess lb, XdsCrowd crowd, Fleet fleet) throws Exception {
    long start = System.nanoTime();
    Duration cpuBefore = lb.cpu();
    long bytesBefore = crowd.bytes.get();
    for (int i = 0; i < pushes; i++) {
      push(crowd, fleet, i % 2 == 0 ? HALF : FULL);
    }
    long elapsed = System.nanoTime() - start;
    double busy = lb.cpu().minus(cpuBefore).toNanos();
    double idle = idleNanos(lb, elapsed);
    print(
        "  CPU of a push of weights   : %.1f ms (of %.1f ms with what else goes on)"
            .formatted((busy - idle) / NANOS_PER_MILLI / pushes, busy / NANOS_PER_MILLI / pushes));
    print(
        "  bytes of a push of weights : %.0f KiB, %.1f KiB for a client"
            .formatted(
                (crowd.bytes.get() - bytesBefore) / KIBI / pushes,
                (crowd.bytes.get() - bytesBefore) / KIBI / pushes / streams));
  }

  private static double idleNanos(ServerProcess lb, long elapsed) throws InterruptedException {
    Duration before = lb.cpu();
    Thread.sleep(Duration.ofNanos(elapsed).toMillis());
    return lb.cpu().minus(before).toNanos();
  }

  /** Changes the weight of one endpoint, and waits until all were told. */
  private void push(XdsCrowd crowd, Fleet fleet, double weight) throws Exception {
    int before = crowd.assignments.get();
    fleet.weigh(0, weight).get();
    Eventually.within(
        PATIENCE, "a push of weights", () -> crowd.assignments.get() >= before + streams);
  }

  /** How soon all know of a change, and what a client notices that picks meanwhile. */
  private void measureMembership(XdsCrowd crowd, Fleet fleet, int port) throws Exception {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    try {
      var unused = SteadyPicks.during(channel, WARM_UP);
      Histogram before = SteadyPicks.during(channel, BETWEEN_CHANGES.multipliedBy(pushes));
      SteadyPicks others = SteadyPicks.start(channel);
      double[] millis = changes(crowd, fleet);
      Histogram meanwhile = others.stop();
      print(
          "  membership has reached all : median %.0f ms, max %.0f ms of %d"
              .formatted(millis[pushes / 2], millis[pushes - 1], pushes));
      print(
          "%n| another's picks | p50 ms | p99 ms | slowest ms |%n|---|---:|---:|---:|".formatted());
      print(SteadyPicks.row("while nothing changes", before));
      print(SteadyPicks.row("while membership changes", meanwhile));
    } finally {
      channel.shutdownNow();
    }
  }

  private double[] changes(XdsCrowd crowd, Fleet fleet) throws Exception {
    double[] millis = new double[pushes];
    for (int i = 0; i < pushes; i++) {
      int before = crowd.assignments.get();
      long start = System.nanoTime();
      fleet.weigh(1, i % 2 == 0 ? 0 : FULL).get();
      Eventually.within(
          PATIENCE, "a change of membership", () -> crowd.assignments.get() >= before + streams);
      millis[i] = (crowd.lastNanos.get() - start) / NANOS_PER_MILLI;
      Thread.sleep(BETWEEN_CHANGES.toMillis());
    }
    Arrays.sort(millis);
    return millis;
  }

  private static void print(String line) {
    System.out.println(line);
  }
}
