package dev.lookaside.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.lookaside.client.FakeBalancer;
import dev.lookaside.client.FakeWorker;
import dev.lookaside.core.policy.Policies;
import io.grpc.Status;
import java.io.BufferedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class CommandsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void printsTheWorkerAndTheLatencyOfATask() {
    try (FakeWorker worker = FakeWorker.done("w1");
        FakeBalancer balancer = FakeBalancer.of(worker)) {
      int code = run("--id=client1", "--lb=" + balancer.address(), "--task=sleep 3");

      assertThat(code).isEqualTo(ExitCode.DONE);
      assertThat(out.toString())
          .matches(
              "client1: sleep 3 -> did sleep 3  \\[w1 at "
                  + worker.address()
                  + ", ran 250.0 ms, took [0-9.]+ m?s, picked by rr]\\R");
      assertThat(err.toString()).isEmpty();
      assertThat(balancer.outcomes).as("reported before the end").hasSize(1);
    }
  }

  @Test
  void printsATaskAsJson() {
    try (FakeWorker full = FakeWorker.failing("w1", Status.RESOURCE_EXHAUSTED);
        FakeWorker worker = FakeWorker.done("w2");
        FakeBalancer balancer = FakeBalancer.of(full, worker)) {
      int code = run("--lb=" + balancer.address(), "--task=sum-up 5", "--output=json");

      JsonObject json = JsonParser.parseString(out.toString()).getAsJsonObject();
      assertThat(code).isEqualTo(ExitCode.DONE);
      assertThat(json.get("status").getAsString()).isEqualTo("OK");
      assertThat(json.get("result").getAsString()).isEqualTo("did sum-up 5");
      assertThat(json.get("worker").getAsString()).isEqualTo("w2");
      assertThat(json.get("latencyMillis").getAsDouble()).isPositive();
      JsonObject failed = json.getAsJsonArray("failedAttempts").get(0).getAsJsonObject();
      assertThat(failed.get("worker").getAsString()).isEqualTo("w1");
      assertThat(failed.get("status").getAsString()).isEqualTo("RESOURCE_EXHAUSTED");
    }
  }

  @Test
  void saysInOneLineWhyATaskFailed() {
    Status wrong = Status.INVALID_ARGUMENT.withDescription("sleep is 'x' (expected: seconds)");
    try (FakeWorker worker = FakeWorker.failing("w1", wrong);
        FakeBalancer balancer = FakeBalancer.of(worker)) {
      int code = run("--lb=" + balancer.address(), "--task=sleep x");

      assertThat(code).isEqualTo(ExitCode.FAILED);
      assertThat(err.toString())
          .isEqualToNormalizingNewlines(
              "lookaside-client: task 'sleep x' failed on w1: INVALID_ARGUMENT: sleep is 'x'"
                  + " (expected: seconds)\n");
      assertThat(out.toString()).isEmpty();
    }
  }

  @Test
  void hasAnExitCodeForABalancerThatDoesNotAnswer() {
    FakeBalancer dead = FakeBalancer.hanging();
    dead.close();

    int code = run("--lb=" + dead.address(), "--task=sleep 1", "--wait=0s");

    assertThat(code).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(err.toString())
        .contains("no balancer answers: " + dead.address() + ": Connection refused");
  }

  @Test
  void printsATableOfALoad() {
    try (FakeWorker worker = FakeWorker.done("w1");
        FakeBalancer balancer = FakeBalancer.of(worker)) {
      int code =
          run(
              "load",
              "--lb=" + balancer.address(),
              "--clients=2",
              "--requests=20",
              "--mix=sleep 1");

      assertThat(code).isEqualTo(ExitCode.DONE);
      assertThat(out.toString().lines())
          .first()
          .isEqualTo("worker  done    share  failed  refused  p50 ms  p90 ms  p99 ms  max ms");
      assertThat(out.toString())
          .containsPattern("w1 +20  100.0 %       0        0 ")
          .containsPattern("20 tasks from 2 clients in .* s: 20 done .*, 0 retries, 0 failed")
          .contains("busiest worker 1.00 x the mean; Jain's index 1.000");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pick", "subscribe"})
  void printsALoadAsCsvWhicheverWayItIsSent(String mode) {
    try (FakeWorker first = FakeWorker.done("w1");
        FakeBalancer balancer = FakeBalancer.of(first)) {
      int code =
          run(
              "load",
              "--mode=" + mode,
              "--lb=" + balancer.address(),
              "--requests=20",
              "--mix=sleep 1",
              "--output=csv");

      assertThat(code).isEqualTo(ExitCode.DONE);
      assertThat(out.toString().lines().filter(line -> !line.startsWith("run,")))
          .satisfiesExactly(
              line -> assertThat(line).startsWith("group,name,done,share,refused,mean_ms"),
              line -> assertThat(line).startsWith("all,all,20,1.0000,0,"),
              line -> assertThat(line).startsWith("worker,w1,20,1.0000,0,"),
              line -> assertThat(line).startsWith("task,sleep 1,20,1.0000,0,"));
      assertThat(out.toString().lines().filter(line -> line.startsWith("run,")))
          .anySatisfy(line -> assertThat(line).startsWith("run,goodput_per_second,"))
          .contains("run,busiest_over_mean,1.000,,,,,,,,,", "run,jain,1.000,,,,,,,,,");
      assertThat(out.toString().lines()).allMatch(line -> line.split(",", -1).length == 12);
    }
  }

  @Test
  void printsALoadAsJsonAndFailsIfATaskFailed() {
    try (FakeWorker worker = FakeWorker.failing("w1", Status.INVALID_ARGUMENT);
        FakeBalancer balancer = FakeBalancer.of(worker)) {
      int code = run("load", "--lb=" + balancer.address(), "--requests=20", "--output=json");

      JsonObject json = JsonParser.parseString(out.toString()).getAsJsonObject();
      assertThat(code).isEqualTo(ExitCode.FAILED);
      assertThat(json.get("sent").getAsLong()).isEqualTo(20);
      assertThat(json.get("failed").getAsLong()).isEqualTo(20);
      assertThat(json.getAsJsonObject("failures").keySet()).containsExactly("INVALID_ARGUMENT");
      assertThat(json.getAsJsonObject("all").get("maxMillis").getAsDouble()).isPositive();
      assertThat(json.getAsJsonObject("fairness").get("jain").getAsDouble()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--task=|task is '' (expected: a verb and its argument, such as \"sleep 3\")",
        "--id=x|--task is missing (expected: such as --task=\"sleep 3\")",
        "--lb=nowhere|address is 'nowhere' (expected: host:port)",
        "--lb=a:1,b:0|port is 0 (expected: 1 to 65535)",
        "--lb=|address is '' (expected: host:port)",
        "--service=|service is '' (expected: 1 to 128 characters)",
        "--output=xml|'xml' (expected: text, json or csv)",
        "--output=csv|--output is csv (expected: text or json for a single task)",
        "--deadline=5|'5' (expected: a number with a unit, such as 500ms, 5s, 1.5m or 1h)",
        "--deadline=0s|deadline is 0s (expected: above 0)",
        "--unheard|Unknown option: '--unheard'",
        "@file|Unmatched argument at index 1: '@file'",
      })
  void namesTheValueOfATaskThatIsWrongAndWhatIsAllowed(String argument, String message) {
    int code =
        argument.startsWith("--task") || argument.startsWith("--id")
            ? run(argument)
            : run("--task=sleep 1", argument);

    assertThat(code).isEqualTo(ExitCode.BAD_USAGE);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).startsWith("lookaside-client: ").contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--clients=0|clients is 0 (expected: 1 to 10000)",
        "--clients=many|'many' (expected: a whole number)",
        "--requests=0|requests is 0 (expected: at least 1)",
        "--duration=0s|duration is 0s (expected: above 0)",
        "--rate=0|rate is 0 (expected: above 0, at most 1000000)",
        "--rate=-1|'-1' (expected: a number such as 200 or 0.5)",
        "--mix=sleep 1:x|weight is 'x' in mix 'sleep 1:x' (expected: a whole number from 1 to",
      })
  void namesTheValueOfALoadThatIsWrongAndWhatIsAllowed(String argument, String message) {
    assertThat(run("load", argument)).isEqualTo(ExitCode.BAD_USAGE);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains(message);
  }

  @Test
  void refusesAnOptionThatTheCommandWouldNotSee() {
    assertThat(run("--lb=a:1", "load")).isEqualTo(ExitCode.BAD_USAGE);
    assertThat(err.toString()).contains("--lb stands before 'load' (expected: after it)");
  }

  @Test
  void helpsWithExamplesAndExitCodes() {
    assertThat(run("--help")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString())
        .contains("lookaside-client --id=client1 --lb=localhost:50051 --task=\"sleep 3\"")
        .contains("3   no balancer or no worker could be reached")
        .contains("60s");
  }

  @Test
  void completesEveryCommand() {
    assertThat(run("completion", "zsh", "--name=mine")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString()).contains("--attempt-timeout").contains("load").contains(" mine");
  }

  @Test
  void whatAPeerSaysCannotSteerTheTerminal() {
    Status hostile = Status.INVALID_ARGUMENT.withDescription("no\u001b[2J\u202esuch\ntask");
    try (FakeWorker worker = FakeWorker.failing("w1", hostile);
        FakeBalancer balancer = FakeBalancer.of(worker)) {
      run("--lb=" + balancer.address(), "--task=sleep x");

      assertThat(err.toString().strip()).endsWith("no?[2J?such task");
    }
  }

  @Test
  void namesEveryPolicyThatABalancerKnows() {
    assertThat(run("policies")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString().lines()).containsExactlyElementsOf(Policies.names());
  }

  @Test
  void refusesAShellThatItDoesNotKnow() {
    assertThat(run("completion", "fish")).isEqualTo(ExitCode.BAD_USAGE);
    assertThat(err.toString()).contains("'fish' (expected: bash or zsh)");
  }

  private int run(String... args) {
    return Usage.commandLine(new TaskCommand(), CommandLine.defaultFactory())
        // As with a real stream, what is not flushed is not seen.
        .setOut(new PrintWriter(new BufferedWriter(out, 1 << 20)))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }
}
