package dev.lookaside.benchmarks.pick;

import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of whatever compares the throughput of Pick with another. */
final class PickOptions {
  @Option(names = "--lb-jar", defaultValue = "lb-service/target/lb-service.jar")
  private Path lbJar = Path.of("");

  @Option(names = "--worker-jar", defaultValue = "worker-service/target/worker-service.jar")
  private Path workerJar = Path.of("");

  @Mixin private TurnOptions turns = new TurnOptions();

  PickFleet.Jars jars() {
    return new PickFleet.Jars(lbJar, workerJar);
  }

  Turns turns() {
    return new Turns(turns.rounds(), turns.each());
  }
}
