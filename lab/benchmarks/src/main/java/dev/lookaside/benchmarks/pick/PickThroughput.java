package dev.lookaside.benchmarks.pick;

import com.google.protobuf.Empty;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.PickRequest;
import dev.lookaside.v1.PickResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Throughput of the Pick RPC as a share of that of an empty unary RPC.
 *
 * <p>The balancer with three workers and {@link EmptyServer} run as processes of their own, each
 * called over one channel of the same set-up. Rounds alternate between the two, so that noise hits
 * both; each round gives one ratio, and the median counts.
 */
@Command(name = "pick-throughput", mixinStandardHelpOptions = true, showDefaultValues = true)
final class PickThroughput implements Callable<Integer> {
  private static final int WARM_UP_SECONDS = 3;

  @Option(names = "--lb-jar", defaultValue = "lb-service/target/lb-service.jar")
  private Path lbJar = Path.of("");

  @Option(names = "--worker-jar", defaultValue = "worker-service/target/worker-service.jar")
  private Path workerJar = Path.of("");

  @Option(names = "--type", defaultValue = "rr", description = "Policy of the balancer.")
  private String type = "";

  @Option(
      names = "--rounds",
      defaultValue = "61",
      description = "Many short ones: what else the machine does then hits both sides alike.")
  private int rounds;

  @Option(names = "--millis", defaultValue = "200", description = "Length of one measurement.")
  private int millis;

  public static void main(String[] args) {
    System.exit(new CommandLine(new PickThroughput()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Path logs = Files.createTempDirectory("pick-throughput");
    int lbPort = ChildJvm.freePort();
    int etcdPort = ChildJvm.freePort();
    int emptyPort = ChildJvm.freePort();
    List<ChildJvm> processes = new ArrayList<>();
    ManagedChannel lb = channel(lbPort);
    ManagedChannel empty = channel(emptyPort);
    try {
      processes.add(ChildJvm.start(logs.resolve("lb.log"), lbArguments(lbPort, etcdPort)));
      IntStream.rangeClosed(1, 3)
          .mapToObj(i ->
              ChildJvm.start(logs.resolve("worker" + i + ".log"), workerArguments(i, etcdPort)))
          .forEach(processes::add);
      processes.add(ChildJvm.start(logs.resolve("empty.log"), emptyArguments(emptyPort)));
      awaitPicks(lb, logs);
      compare(
          new UnaryLoad<>(empty, EmptyServer.METHOD, Empty.getDefaultInstance()),
          new UnaryLoad<>(lb, LoadBalancerGrpc.getPickMethod(), pickRequest()));
      return 0;
    } finally {
      lb.shutdownNow();
      empty.shutdownNow();
      processes.forEach(ChildJvm::close);
    }
  }

  private void compare(UnaryLoad<?, ?> empty, UnaryLoad<?, ?> pick) throws InterruptedException {
    Duration duration = Duration.ofMillis(millis);
    System.out.printf("%d rounds of %d ms each, policy %s%n%n", rounds, millis, type);
    System.out.println(
        "| in flight | empty RPC/s | Pick RPC/s | Pick ÷ empty, median | quartiles |");
    System.out.println("|---:|---:|---:|---:|---:|");
    for (int inFlight : new int[] {1, 32, 128}) {
      double[] empties = new double[rounds];
      double[] picks = new double[rounds];
      empty.throughput(inFlight, Duration.ofSeconds(WARM_UP_SECONDS));
      pick.throughput(inFlight, Duration.ofSeconds(WARM_UP_SECONDS));
      for (int i = 0; i < rounds; i++) {
        empties[i] = empty.throughput(inFlight, duration);
        picks[i] = pick.throughput(inFlight, duration);
      }
      double[] ratios =
          IntStream.range(0, rounds).mapToDouble(i -> picks[i] / empties[i]).sorted().toArray();
      System.out.printf(
          "| %d | %,.0f | %,.0f | %.2f | %.2f to %.2f |%n",
          inFlight,
          median(empties),
          median(picks),
          median(ratios),
          ratios[rounds / 4],
          ratios[rounds - 1 - rounds / 4]);
    }
  }

  private static double median(double[] values) {
    double[] sorted = Arrays.stream(values).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static void awaitPicks(ManagedChannel lb, Path logs) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
    List<String> seen = new ArrayList<>();
    while (seen.stream().distinct().count() < 3) {
      try {
        PickResponse response =
            LoadBalancerGrpc.newBlockingStub(lb)
                .withWaitForReady()
                .withDeadlineAfter(1, TimeUnit.SECONDS)
                .pick(pickRequest());
        seen.add(response.getEndpoint().getId());
      } catch (StatusRuntimeException e) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException(
              "the balancer does not give three workers within 90 s: "
                  + Status.fromThrowable(e)
                  + "; see "
                  + logs,
              e);
        }
        TimeUnit.MILLISECONDS.sleep(200);
      }
    }
  }

  private static PickRequest pickRequest() {
    return PickRequest.newBuilder().setService("worker").setClientId("benchmark").build();
  }

  private static ManagedChannel channel(int port) {
    return NettyChannelBuilder.forAddress("127.0.0.1", port)
        .usePlaintext()
        .directExecutor()
        .build();
  }

  private List<String> lbArguments(int port, int etcdPort) {
    return List.of(
        "-jar",
        lbJar.toString(),
        "--lb.type=" + type,
        "--lb.port=" + port,
        "--server.port=" + ChildJvm.freePort(),
        "--lb.registry=embedded",
        "--lb.embedded.port=" + etcdPort,
        "--logging.level.lookaside.decisions=off");
  }

  private List<String> workerArguments(int number, int etcdPort) {
    return List.of(
        "-jar",
        workerJar.toString(),
        "--worker.id=worker" + number,
        "--worker.port=" + ChildJvm.freePort(),
        "--etcd.endpoints=http://127.0.0.1:" + etcdPort);
  }

  private static List<String> emptyArguments(int port) {
    return List.of(
        "-cp",
        System.getProperty("java.class.path"),
        EmptyServer.class.getName(),
        String.valueOf(port));
  }
}
