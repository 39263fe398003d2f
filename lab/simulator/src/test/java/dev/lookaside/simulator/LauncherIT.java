package dev.lookaside.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./lookaside simulate}, with the jar that this build has just packaged. */
class LauncherIT {
  private static final Path LAUNCHER = Path.of("../../lookaside").toAbsolutePath().normalize();
  private static final int PATIENCE_SECONDS = 120;

  @TempDir Path directory;

  private record Ended(int status, String out, String err) {}

  @Test
  void aMistakeInAScenarioIsOneLineAndExitCode2() throws Exception {
    Files.writeString(
        directory.resolve("mine.yaml"),
        """
        title: mine
        servers: [{count: 2}]
        arrivals: {rate: -5}
        service-time: {kind: constant, value: 1ms}
        duration: 1s
        """);

    assertThat(simulate("mine.yaml"))
        .isEqualTo(
            new Ended(
                2,
                "",
                "simulate: mine.yaml:3: arrivals: rate is -5 (expected: above 0, up to"
                    + " 100000000)\n"));
  }

  @Test
  void anUnknownPolicyIsOneLineAndExitCode2() throws Exception {
    Ended ended = simulate("pure-ps", "--policies", "rr,foo");

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.err())
        .startsWith("simulate: --policies: policy is 'foo' (expected: one of first, rr, ")
        .hasLineCount(1);
  }

  @Test
  void withoutAScenarioThoseThatThereAreAreListed() throws Exception {
    Ended ended = simulate();

    assertThat(ended.status()).isZero();
    assertThat(ended.out()).contains("  pure-ps  ", "  linkerd-2016  ");
  }

  private Ended simulate(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(LAUNCHER.toString(), "simulate"));
    command.addAll(List.of(arguments));
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("ended in time").isTrue();
      return new Ended(
          process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    } finally {
      process.destroyForcibly();
    }
  }
}
