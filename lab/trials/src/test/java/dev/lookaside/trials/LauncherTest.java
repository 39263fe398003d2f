package dev.lookaside.trials;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code ./lookaside} makes of what is typed; nothing is built or started for it. */
final class LauncherTest {
  private static final String LAUNCHER =
      Path.of("../../lookaside").toAbsolutePath().normalize().toString();
  private static final int PATIENCE_SECONDS = 30;

  private record Ended(int status, String said) {}

  @Test
  void helpNamesEveryCommandThatAnUnknownOneIsToldOf() throws Exception {
    List<String> commands = found("(?m)^  ([a-z]+) .*", run("help").said());

    assertThat(commands).contains("build", "demo", "client", "simulate");
    assertThat(run("compare"))
        .isEqualTo(
            new Ended(
                2,
                "lookaside: unknown command 'compare' (expected: "
                    + String.join(", ", commands)
                    + "); see ./lookaside help\n"));
  }

  @Test
  void helpNamesEveryOptionThatAnUnknownOneIsToldOf() throws Exception {
    List<String> options = found("(?m)^  (--\\S+) .*", run("help").said());

    assertThat(options).contains("--type=TYPE", "--once");
    assertThat(run("demo", "--tpye=ll"))
        .isEqualTo(
            new Ended(
                2,
                "lookaside: unknown option '--tpye=ll' (expected: "
                    + String.join(", ", options)
                    + "); see ./lookaside help\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--workers=33|--workers is '33' (expected: 1 to 32)",
        "--workers=0|--workers is '0' (expected: 1 to 32)",
        "--clients=many|--clients is 'many' (expected: 1 to 1000)",
        "--clients|--clients has no value (expected: --clients=N)",
        "--once=yes|--once has a value (expected: --once alone)",
        "--type=a b|--type is 'a b' (expected: a name)",
        "--etcd=localhost|--etcd is 'localhost' (expected: such as http://localhost:2379)",
      })
  void aWrongValueIsNamedWithWhatIsAllowed(String argument, String expected) throws Exception {
    assertThat(run("demo", argument))
        .isEqualTo(new Ended(2, "lookaside: " + expected + "; see ./lookaside help\n"));
  }

  private static List<String> found(String pattern, String in) {
    return Pattern.compile(pattern).matcher(in).results().map(match -> match.group(1)).toList();
  }

  private static Ended run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", LAUNCHER));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("ended in time").isTrue();
      return new Ended(process.exitValue(), said);
    } finally {
      process.destroyForcibly();
    }
  }
}
