package dev.lookaside.client.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.testing.etcd.EtcdExtension;
import dev.lookaside.testing.etcd.EtcdServer;
import dev.lookaside.testing.net.FreePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The command lines of the original's README, one after the other, on our jars: only the program
 * before the flags and the numbers of the ports are others.
 */
@ExtendWith(EtcdExtension.class)
final class OriginalUsageIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Path LOGS = Path.of("target", "e2e", "original-usage");

  /** A word, of which a part may stand in quotes. */
  private static final Pattern WORD = Pattern.compile("(?:[^\\s\"]|\"[^\"]*\")+");

  private static final Pattern PORT = Pattern.compile("5005[0-9]");

  private static final String BALANCER = "go run lb_server.go -type=ll";

  private static final List<String> WORKERS =
      """
      go run cmd/worker/main.go -id=worker1 -port=50052
      go run cmd/worker/main.go -id=worker2 -port=50053
      go run cmd/worker/main.go -id=worker3 -port=50054
      """
          .lines()
          .toList();

  /** Each with what it prints. */
  private static final Map<String, String> CLIENTS =
      Map.of(
          "go run cmd/client/main.go -id=client1 -lb=localhost:50051 -task=\"sleep 3\"",
          "slept 3 s",
          "go run cmd/client/main.go -id=client2 -lb=localhost:50051 -task=\"sum-up 1000000\"",
          "500000500000",
          "go run cmd/client/main.go -id=client3 -lb=localhost:50051 -task=\"sum-up 100000000\"",
          "5000000050000000");

  private final Map<String, String> freePorts = new HashMap<>();

  @Test
  void everyLineDoesWhatItDid(EtcdServer etcd) {
    String registry = "--etcd.endpoints=" + etcd.clientUri();
    List<AppProcess> servers = new ArrayList<>();
    try {
      AppProcess balancer =
          run("lb-service", BALANCER, "-port=" + free("50051"), "--server.port=0", registry);
      servers.add(balancer);
      WORKERS.forEach(line -> servers.add(run("worker-service", line, registry)));
      PickProbe.awaitWorkers(Integer.parseInt(free("50051")), WORKERS.size(), PATIENCE);

      assertThat(balancer.output()).contains("policy ll");
      CLIENTS.forEach((line, result) -> {
        AppProcess client = run("client-cli", line);
        assertThat(client.awaitExit(PATIENCE)).describedAs(client.tail()).isZero();
        assertThat(client.output()).contains(result).containsPattern("worker[123]");
      });
    } finally {
      servers.forEach(AppProcess::close);
    }
  }

  @Test
  void helpAndVersionArePrintedWithoutAServer() {
    for (String module : List.of("lb-service", "worker-service", "client-cli")) {
      AppProcess help = run(module, "help --help");
      assertThat(help.awaitExit(PATIENCE)).describedAs(help.tail()).isZero();
      AppProcess version = run(module, "version --version");
      assertThat(version.awaitExit(PATIENCE)).describedAs(version.tail()).isZero();
      assertThat(version.output()).doesNotContain("development").contains("Java ");
    }
  }

  @Test
  void aStartThatFailsSaysSoInOneLine() {
    Map<String, String> lines =
        Map.of(
            "lb -tpye=ll", "-tpye=ll is unknown (expected: an option that exists, such as -type",
            "lb --lb.tpye=ll", "lb.tpye is unknown (expected: a property that exists, such as lb.t",
            "lb --spring.config.import=file:/no/such.yml", "");
    lines.forEach((line, start) -> {
      AppProcess failed = run("lb-service", line);
      assertThat(failed.awaitExit(PATIENCE)).isEqualTo(1);
      assertThat(failed.output().lines())
          .filteredOn(each -> !each.startsWith("WARNING: "))
          .singleElement()
          .asString()
          .startsWith(start);
    });
  }

  private AppProcess run(String module, String line, String... more) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(line);
    while (word.find()) {
      words.add(word.group().replace("\"", ""));
    }
    words.removeIf(each -> !each.startsWith("-"));
    List<String> arguments = new ArrayList<>(words);
    arguments.replaceAll(each -> PORT.matcher(each).replaceAll(port -> free(port.group())));
    arguments.addAll(Arrays.asList(more));
    return AppProcess.start(module, module + "-" + System.nanoTime(), LOGS, arguments);
  }

  /** A free port in place of one of the original's, the same for each mention. */
  private String free(String port) {
    return freePorts.computeIfAbsent(port, unused -> String.valueOf(FreePorts.one()));
  }
}
