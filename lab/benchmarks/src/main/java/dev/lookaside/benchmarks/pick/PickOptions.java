package dev.lookaside.benchmarks.pick;

import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Options of whatever compares the throughput of Pick with another. */
final class PickOptions {
  @Option(names = "--lb-jar", defaultValue = "lb-service/target/lb-service.jar")
  private Path lbJar = Path.of("");

  @Option(names = "--worker-jar", defaultValue = "worker-service/target/worker-service.jar")
  private Path workerJar = Path.of("");

  @Option(
      names = "--rounds",
      defaultValue = "61",
      description = "Many short ones: what else the machine does then hits both sides alike.")
  private int rounds;

  @Option(names = "--millis", defaultValue = "200", description = "Length of one measurement.")
  private int millis;

  PickFleet.Jars jars() {
    return new PickFleet.Jars(lbJar, workerJar);
  }

  Turns turns() {
    return new Turns(rounds, Duration.ofMillis(millis));
  }
}
