package dev.lookaside.benchmarks.pick;

import dev.lookaside.benchmarks.Measurement;
import io.grpc.InsecureChannelCredentials;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What it costs to be watched: the throughput of Pick by a balancer that explains some of its
 * decisions and asks shadow policies, as a share of that by one that does not.
 */
@Command(name = "observed-picks", mixinStandardHelpOptions = true, showDefaultValues = true)
final class ObservedPicks implements Callable<Integer> {

  @Mixin private PickOptions options = new PickOptions();

  @Option(
      names = "--with",
      split = ";",
      defaultValue = "--lb.decisions.sample=0.01;--lb.shadow=prequal,p2c",
      description = "What the balancer that is watched has beside the other's options.")
  private List<String> watched = List.of();

  public static void main(String[] args) {
    Measurement.run(new ObservedPicks(), args);
  }

  @Override
  public Integer call() throws Exception {
    Path directory = Files.createTempDirectory("observed-picks");
    try (PickFleet off = fleet(directory.resolve("off"), List.of());
        PickFleet on = fleet(directory.resolve("on"), watched)) {
      off.awaitPicks();
      on.awaitPicks();
      System.out.printf("on: %s; %s%n%n", String.join(" ", watched), options.turns().words());
      options.turns().compare("off", off.load(), "on", on.load());
      return 0;
    }
  }

  private PickFleet fleet(Path logs, List<String> beyond) throws Exception {
    return PickFleet.start(
        Files.createDirectory(logs),
        options.jars(),
        InsecureChannelCredentials.create(),
        name -> name.equals("lb") ? beyond : List.of());
  }
}
