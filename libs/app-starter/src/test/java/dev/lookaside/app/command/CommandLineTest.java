package dev.lookaside.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  private final CommandLine balancer =
      new CommandLine(Flags.none().with("type", "lb.type").with("port", "lb.port"));

  /** The lines of the original's README, after the name of the program. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -type=first             | --worker.type=first
          -type=rr                | --worker.type=rr
          -type=ll                | --worker.type=ll
          -id=worker1 -port=50052 | --worker.id=worker1 --worker.port=50052
          -id=worker2 -port=50053 | --worker.id=worker2 --worker.port=50053
          -id=worker3 -port=50054 | --worker.id=worker3 --worker.port=50054
          """)
  void theFlagsOfTheOriginalAreProperties(String typed, String properties) {
    var line =
        new CommandLine(
            Flags.none()
                .with("id", "worker.id")
                .with("port", "worker.port")
                .with("type", "worker.type"));

    assertThat(line.read(typed.split(" "))).isEqualTo(start(properties.split(" ")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-type=ll",
        "--type=ll",
        "-type ll",
        "--type ll",
        "--lb.type=ll",
        "-lb.type=ll",
        "--lb.type ll",
        "-type=rr -type=ll",
        "--lb.type=rr --type=ll"
      })
  void aFlagMayBeTypedInEachWayThatGoAllows(String typed) {
    assertThat(balancer.read(typed.split(" "))).isEqualTo(start("--lb.type=ll"));
  }

  @Test
  void aValueMayHaveBlanksAndEqualSignsAndMayBeEmpty() {
    assertThat(balancer.read("-type=a b=c", "--etcd.endpoints="))
        .isEqualTo(start("--lb.type=a b=c", "--etcd.endpoints="));
  }

  @Test
  void aSwitchOfSpringBootTakesNoValue() {
    assertThat(balancer.read("--debug", "-type=ll")).isEqualTo(start("--debug", "--lb.type=ll"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-h", "-help", "--help"})
  void helpIsAskedForInEachWay(String typed) {
    assertThat(balancer.read("-type=ll", typed)).isEqualTo(new Request.Help());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-V", "-version", "--version"})
  void theVersionIsAskedForInEachWay(String typed) {
    assertThat(balancer.read(typed)).isEqualTo(new Request.Version());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -tpye=ll  | -tpye=ll is unknown (expected: an option that exists, such as -type; see --help)
          --prot=1  | --prot=1 is unknown (expected: an option that exists, such as -port; see --help)
          type=ll   | argument 'type=ll' is unknown (expected: options such as --name=value; see --help)
          --        | argument '--' is unknown (expected: options such as --name=value; see --help)
          -type     | -type has no value (expected: -type=<value>)
          """)
  void whatIsNoOptionIsRefusedWithTheNearestOne(String typed, String line) {
    assertThatThrownBy(() -> balancer.read(typed)).hasMessage(line);
  }

  private static Request start(String... properties) {
    return new Request.Start(List.of(properties));
  }
}
