package dev.lookaside.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Each mistake ends the start with one line that names property, value and what is allowed. */
@ExtendWith(OutputCaptureExtension.class)
class BadConfigurationTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--worker.lease-ttl=1s|worker.lease-ttl is 1s (expected: 2s to 3600s)",
        "--worker.lease-ttl=soon"
            + "|worker.lease-ttl is 'soon' (expected: a duration such as 100ms or 10s)",
        "--worker.port=70000|worker.port is 70000 (expected: 0 to 65535)",
        "--worker.port=abc|worker.port is 'abc' (expected: a whole number)",
        "--worker.capacity=0|worker.capacity is 0 (expected: 1 to 4096)",
        "--worker.queue=-1|worker.queue is -1 (expected: 0 to 100000)",
        "--worker.max-requests=0|worker.max-requests is 0 (expected: 1 to 1000000)",
        "--worker.weight=NaN|worker.weight is NaN (expected: a finite number of 0 or more)",
        "--worker.slowdown=0|worker.slowdown is 0 (expected: 0.001 to 1000)",
        "--worker.weight=-1|worker.weight is -1 (expected: a finite number of 0 or more)",
        "--worker.advertised-address=0.0.0.0|worker.advertised-address: address is '0.0.0.0:1'",
        "--worker.advertised-address=host:0|worker.advertised-address: port is 0",
        "--worker.id=a/b|worker.id is 'a/b' (expected: ",
        "--worker.capcity=3|worker.capcity is unknown (expected: a property that exists, such as worker.capacity)",
        "--lb.type=ll|lb.type is unknown (expected: a property that exists",
        "-port=abc|worker.port is 'abc' (expected: a whole number)",
        "--etcd.endpoints=|etcd.endpoints is empty (expected: ",
        "--etcd.endpoints=ftp://x:1|etcd.endpoints has 'ftp://x:1' (expected: ",
        "--etcd.root=/a/|etcd.root is '/a/' (expected: ",
        "--etcd.username=bob|etcd.password-file is not set (expected: etcd.username and etcd.password-file together)",
      })
  void saysInOneLineWhatIsWrong(String argument, String line, CapturedOutput output) {
    assertFailsWith(line, output, argument);
  }

  @ParameterizedTest
  @ValueSource(strings = {"worker.port", "server.port"})
  void namesAPortInUse(String property, CapturedOutput output) throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      String other = property.equals("worker.port") ? "server.port" : "worker.port";

      assertFailsWith(
          property + " is " + port + ", which is in use (expected: a free port, or 0 for any)",
          output,
          "--worker.bind-address=127.0.0.1",
          "--server.address=127.0.0.1",
          "--" + other + "=0",
          "--" + property + "=" + port);
    }
  }

  private static void assertFailsWith(String line, CapturedOutput output, String... arguments) {
    assertThatThrownBy(() ->
            WorkerApplication.command()
                .start(new SpringApplication(WorkerApplication.class), arguments))
        .isInstanceOf(Exception.class);

    List<String> lines = output.getAll().lines().filter(each -> !each.isBlank()).toList();
    assertThat(lines).singleElement().asString().startsWith(line);
  }
}
