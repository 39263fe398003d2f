package dev.lookaside.simulator.run;

import dev.lookaside.simulator.scenario.Scenario;
import dev.lookaside.simulator.scenario.ScenarioException;
import dev.lookaside.simulator.scenario.ScenarioFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Scenarios of tests, written as users write them, but without a network unless they name one: then
 * formulas hold as they stand.
 */
public final class Scenarios {

  private Scenarios() {}

  public static Scenario of(String yaml) {
    try {
      Path file = Files.createTempFile("scenario", ".yaml");
      try {
        String network = yaml.contains("network:") ? "" : "network: {delay: 0s}\n";
        Files.writeString(file, "title: test\n" + network + yaml);
        return ScenarioFile.read(file).get(0).scenario();
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ScenarioException e) {
      throw new IllegalArgumentException(e);
    }
  }

  public static Measurements run(String yaml, String strategy, long seed) {
    return new Simulation(of(yaml), strategy, seed).run(share -> {});
  }
}
