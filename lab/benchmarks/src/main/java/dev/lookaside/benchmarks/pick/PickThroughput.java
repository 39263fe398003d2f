package dev.lookaside.benchmarks.pick;

import com.google.protobuf.Empty;
import dev.lookaside.benchmarks.Measurement;
import dev.lookaside.testing.net.FreePorts;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Throughput of the Pick RPC as a share of that of an empty unary RPC.
 *
 * <p>The balancer with three workers and {@link EmptyServer} run as processes of their own, each
 * called over one channel of the same set-up.
 */
@Command(name = "pick-throughput", mixinStandardHelpOptions = true, showDefaultValues = true)
final class PickThroughput implements Callable<Integer> {

  @Mixin private PickOptions options = new PickOptions();

  @Option(names = "--type", defaultValue = "rr", description = "Policy of the balancer.")
  private String type = "";

  public static void main(String[] args) {
    Measurement.run(new PickThroughput(), args);
  }

  @Override
  public Integer call() throws Exception {
    Path logs = Files.createTempDirectory("pick-throughput");
    int emptyPort = FreePorts.one();
    ManagedChannel empty =
        NettyChannelBuilder.forAddress("127.0.0.1", emptyPort)
            .usePlaintext()
            .directExecutor()
            .build();
    ChildJvm emptyServer = EmptyServer.start(logs.resolve("empty.log"), emptyPort);
    try (PickFleet fleet =
        PickFleet.start(
            logs,
            options.jars(),
            InsecureChannelCredentials.create(),
            name -> name.equals("lb") ? List.of("--lb.type=" + type) : List.of())) {
      fleet.awaitPicks();
      System.out.printf("%s, policy %s%n%n", options.turns().words(), type);
      options
          .turns()
          .compare(
              "empty RPC",
              new UnaryLoad<>(empty, EmptyServer.METHOD, Empty.getDefaultInstance()),
              "Pick RPC",
              fleet.load());
      return 0;
    } finally {
      empty.shutdownNow();
      emptyServer.close();
    }
  }
}
