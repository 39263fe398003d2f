package dev.lookaside.benchmarks.pick;

import io.grpc.InsecureChannelCredentials;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What it costs to be watched: the throughput of Pick by a balancer that explains some of its
 * decisions and asks shadow policies, as a share of that by one that does not.
 */
@Command(name = "observed-picks", mixinStandardHelpOptions = true, showDefaultValues = true)
final class ObservedPicks implements Callable<Integer> {

  @Option(names = "--lb-jar", defaultValue = "lb-service/target/lb-service.jar")
  private Path lbJar = Path.of("");

  @Option(names = "--worker-jar", defaultValue = "worker-service/target/worker-service.jar")
  private Path workerJar = Path.of("");

  @Option(names = "--rounds", defaultValue = "61", description = "Of each measurement.")
  private int rounds;

  @Option(names = "--millis", defaultValue = "200", description = "Length of one measurement.")
  private int millis;

  @Option(
      names = "--with",
      split = ";",
      defaultValue = "--lb.decisions.sample=0.01;--lb.shadow=prequal,p2c",
      description = "What the balancer that is watched has beside the other's options.")
  private List<String> watched = List.of();

  public static void main(String[] args) {
    System.exit(new CommandLine(new ObservedPicks()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Path directory = Files.createTempDirectory("observed-picks");
    try (PickFleet off = fleet(directory.resolve("off"), List.of());
        PickFleet on = fleet(directory.resolve("on"), watched)) {
      off.awaitPicks();
      on.awaitPicks();
      System.out.printf(
          "on: %s; %d rounds of %d ms each%n%n", String.join(" ", watched), rounds, millis);
      new Turns(rounds, Duration.ofMillis(millis)).compare("off", off.load(), "on", on.load());
      return 0;
    }
  }

  private PickFleet fleet(Path logs, List<String> options) throws Exception {
    return PickFleet.start(
        Files.createDirectory(logs),
        new PickFleet.Jars(lbJar, workerJar),
        InsecureChannelCredentials.create(),
        name -> name.equals("lb") ? options : List.of());
  }
}
