package dev.lookaside.benchmarks.load;

import dev.lookaside.benchmarks.Measurement;
import dev.lookaside.benchmarks.pick.ChildJvm;
import dev.lookaside.etcd.embedded.EmbeddedEtcd;
import dev.lookaside.testing.net.FreePorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How soon a balancer that starts has reached every one of many endpoints, and whether it calls one
 * of them lost meanwhile or afterwards, when all report at their interval.
 *
 * <p>The balancer is a process of its own; endpoints and registry are in this one.
 */
@Command(name = "thousands", mixinStandardHelpOptions = true, showDefaultValues = true)
final class Thousands implements Callable<Integer> {
  private static final double MILLIS_PER_SECOND = 1e3;
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  @Option(names = "--lb-jar", defaultValue = "lb-service/target/lb-service.jar")
  private Path lbJar = Path.of("");

  @Option(names = "--services", defaultValue = "1")
  private int services;

  @Option(names = "--endpoints", defaultValue = "10000", description = "Of each service.")
  private int endpoints;

  @Option(names = "--interval", defaultValue = "1s", description = "lb.load.interval")
  private String interval = "";

  @Option(
      names = "--hold",
      defaultValue = "20",
      description = "Seconds to watch once all are ready.")
  private int hold;

  @Option(names = "--limit", defaultValue = "180", description = "Seconds until it is given up.")
  private int limit;

  private int mostLost;

  public static void main(String[] args) {
    Measurement.run(new Thousands(), args);
  }

  @Override
  public Integer call() throws Exception {
    Path log = Files.createTempDirectory("thousands").resolve("lb.log");
    int http = FreePorts.one();
    print("%d services of %d endpoints; balancer's log: %s".formatted(services, endpoints, log));
    try (EmbeddedEtcd etcd = EmbeddedEtcd.builder().port(0).build();
        Peers peers = new Peers(services, endpoints, FreePorts.one())) {
      etcd.start();
      peers.register(etcd.clientUri().toString());
      try (ChildJvm lb = balancer(log, etcd.clientUri().toString(), http)) {
        measure(new Watched(http), lb);
      }
    }
    return 0;
  }

  private ChildJvm balancer(Path log, String etcd, int http) {
    return ChildJvm.start(
        log,
        List.of(
            "-Xmx1g",
            "-jar",
            lbJar.toString(),
            "--etcd.endpoints=" + etcd,
            "--lb.load.interval=" + interval,
            "--lb.port=0",
            "--lb.bind-address=127.0.0.1",
            "--server.port=" + http,
            "--server.address=127.0.0.1"));
  }

  private void measure(Watched balancer, ChildJvm process) throws InterruptedException {
    long start = System.nanoTime();
    while (!balancer.isReady()) {
      pause(start);
    }
    print("registry read after %.1f s".formatted(secondsSince(start)));
    long read = System.nanoTime();
    int all = services * endpoints;
    for (int ready = 0; ready < all; ready = balancer.endpoints("ready")) {
      mostLost = Math.max(mostLost, balancer.endpoints("transient_failure"));
      pause(start);
    }
    print("all ready %.1f s later; at most %d were lost".formatted(secondsSince(read), mostLost));
    mostLost = 0;
    long held = System.nanoTime();
    Duration before = process.handle().info().totalCpuDuration().orElseThrow();
    while (secondsSince(held) < hold) {
      mostLost = Math.max(mostLost, all - balancer.endpoints("ready"));
      pause(held);
    }
    Duration used = process.handle().info().totalCpuDuration().orElseThrow().minus(before);
    print(
        "for %d s more at most %d were lost; %.2f cores"
            .formatted(hold, mostLost, used.toMillis() / MILLIS_PER_SECOND / hold));
  }

  private void pause(long start) throws InterruptedException {
    if (secondsSince(start) > limit) {
      throw new IllegalStateException("not ready within " + limit + " s");
    }
    Thread.sleep(LOOK_EVERY.toMillis());
  }

  private static double secondsSince(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos).toMillis() / MILLIS_PER_SECOND;
  }

  private static void print(String line) {
    System.out.println(line);
  }
}
