package dev.lookaside.benchmarks.pick;

import java.time.Duration;
import picocli.CommandLine.Option;

/** Options of whatever is measured in turns. */
public final class TurnOptions {
  @Option(
      names = "--rounds",
      defaultValue = "61",
      description = "Many short ones: what else the machine does then hits both sides alike.")
  private int rounds;

  @Option(names = "--millis", defaultValue = "200", description = "Length of one measurement.")
  private int millis;

  public int rounds() {
    return rounds;
  }

  public Duration each() {
    return Duration.ofMillis(millis);
  }
}
