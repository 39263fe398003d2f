package dev.lookaside.lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lookaside.core.policy.Policies;
import dev.lookaside.lb.testing.RunningLb;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * A start that fails says why: one line on stderr with the property, its value, what is allowed.
 */
@ExtendWith(OutputCaptureExtension.class)
class LbStartFailureTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --lb.tpye=ll                  | lb.tpye is unknown (expected: a property that exists, such as lb.type)
          --lb.services.worker.tpye=ll  | lb.services.worker.tpye is unknown (expected: a property that exists, such as lb.services.worker.type)
          --worker.id=w1                | worker.id is unknown (expected: a property that exists, such as lb.id)
          -type=foo                     | lb.type is 'foo' (expected: one of {policies})
          --lb.type=foo                 | lb.type is 'foo' (expected: one of {policies})
          --lb.services.worker.type=foo | lb.services.worker.type is 'foo' (expected: one of {policies})
          --lb.port=abc                 | lb.port is 'abc' (expected: a whole number)
          --lb.port=65536               | lb.port is 65536 (expected: 0 to 65535)
          --lb.registry=zookeeper       | lb.registry is 'zookeeper' (expected: one of etcd, embedded, kubernetes)
          --lb.id=a/b                   | lb.id is 'a/b' (expected: 1 to 128 characters, no spaces or slashes, not '.' or '..')
          --lb.advertised-address=a b   | lb.advertised-address: host is 'a b' (expected: a host name or an IP address)
          --lb.subscribers.max=0        | lb.subscribers.max is 0 (expected: 1 to 1000000)
          --lb.slow-start=-1s           | lb.slow-start is -1s (expected: 0s to 3600s)
          --lb.services.worker.slow-start=2h | lb.services.worker.slow-start is 7200s (expected: 0s to 3600s)
          --lb.zone=a/b/c               | lb.zone is 'a/b/c' (expected: zone or region/zone)
          --lb.zone-spill-above=0       | lb.zone-spill-above is 0 (expected: above 0, at most 1000)
          --lb.panic-threshold=1.5      | lb.panic-threshold is 1.5 (expected: 0 to 1)
          --lb.panic-threshold=half     | lb.panic-threshold is 'half' (expected: a number)
          --lb.outlier.enabled=perhaps  | lb.outlier.enabled is 'perhaps' (expected: true or false)
          --lb.outlier.max-ejection-percent=101 | lb.outlier.max-ejection-percent is 101 (expected: 0 to 100)
          --lb.outlier.consecutive-errors=0 | lb.outlier.consecutive-errors is 0 (expected: 1 to 1000000)
          --lb.outlier.failure-percentage.threshold=-1 | lb.outlier.failure-percentage.threshold is -1 (expected: 0 to 100)
          --lb.load.interval=1ms        | lb.load.interval is 1ms (expected: 50ms to 10s)
          --lb.load.interval=soon       | lb.load.interval is 'soon' (expected: a duration such as 100ms or 10s)
          --lb.load.expiration=10ms     | lb.load.expiration is 10ms (expected: 100ms to 60s)
          --lb.xds.attempts=6           | lb.xds.attempts is 6 (expected: 1 to 5)
          --lb.xds.weight-interval=1ms  | lb.xds.weight-interval is 1ms (expected: 100ms to 3600s)
          --lb.xds.hash-header=Key      | lb.xds.hash-header is 'Key' (expected: a text header in lower case, up to 64 characters)
          --lb.load.silence=100ms       | lb.load.silence is 100ms (expected: 200ms to 60s)
          --lb.decisions.remembered=0   | lb.decisions.remembered is 0 (expected: 1 to 10000)
          --lb.embedded.port=-1         | lb.embedded.port is -1 (expected: 0 to 65535)
          --etcd.endpoints=             | etcd.endpoints is empty (expected: one or more URIs such as http://localhost:2379)
          --etcd.endpoints=ftp://x      | etcd.endpoints has 'ftp://x' (expected: http://host:port or https://host:port)
          --etcd.endpoints=http://a b   | etcd.endpoints has 'http://a b' (expected: http://host:port or https://host:port)
          --etcd.username=joe           | etcd.password-file is not set (expected: etcd.username and etcd.password-file together)
          --etcd.allowed-addresses=10/99 | etcd.allowed-addresses is '[10/99]' (expected: CIDR networks or host names)
          --etcd.tls.cert-file=x        | etcd.tls.ca-file is not set (expected: a PEM file, because etcd.tls.cert-file or etcd.tls.key-file is set)
          """)
  void aSettingThatCannotBeUsedIsNamed(String argument, String line, CapturedOutput output) {
    assertThatThrownBy(() -> RunningLb.start(argument));

    assertThat(output.getErr().lines())
        .containsExactly(line.replace("{policies}", String.join(", ", Policies.names())));
  }

  @Test
  void aPasswordFileThatCannotBeReadIsNamed(CapturedOutput output) {
    assertThatThrownBy(() ->
        RunningLb.start(
            RunningLb.ETCD_AWAY, "--etcd.username=joe", "--etcd.password-file=/no/file"));

    assertThat(output.getErr().lines())
        .containsExactly("etcd.password-file is '/no/file' (expected: a readable file)");
  }

  @ParameterizedTest
  @CsvSource({"lb.port", "server.port", "lb.embedded.port"})
  void aPortThatIsTakenIsNamed(String property, CapturedOutput output) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();

      assertThatThrownBy(
          () -> RunningLb.start("--lb.registry=embedded", "--" + property + "=" + port));

      assertThat(output.getErr().lines())
          .containsExactly(
              property + " is " + port + ", which is in use (expected: a free port, or 0 for any)");
    }
  }

  @Test
  void aStartThatSucceedsSaysSoInOneLine(CapturedOutput output) {
    try (RunningLb lb = RunningLb.start(RunningLb.ETCD_AWAY, "--lb.type=ll")) {
      assertThat(output.getOut())
          .containsOnlyOnce(
              "ready: policy ll, gRPC on port %d, HTTP on port %d, registry etcd at"
                  .formatted(lb.rpcPort(), lb.httpPort()));
      assertThat(output.getErr()).isEmpty();
    }
  }
}
