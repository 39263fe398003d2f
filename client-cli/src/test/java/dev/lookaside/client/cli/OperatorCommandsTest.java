package dev.lookaside.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.lookaside.client.FakeAdmin;
import dev.lookaside.client.FakeBalancer;
import dev.lookaside.v1.Candidate;
import dev.lookaside.v1.ChangeEndpointsRequest;
import dev.lookaside.v1.Endpoint;
import dev.lookaside.v1.EndpointCondition;
import dev.lookaside.v1.EndpointStatus;
import dev.lookaside.v1.Explanation;
import dev.lookaside.v1.ListEndpointsResponse;
import dev.lookaside.v1.ServiceStatus;
import dev.lookaside.v1.SetWeightRequest;
import io.grpc.Status;
import java.io.BufferedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What operators type, and what they read. */
final class OperatorCommandsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void printsWorkersAsATableWithoutColours() {
    try (FakeAdmin balancer = new FakeAdmin(status("DRAINING", 3))) {
      assertThat(run("workers", "--lb=" + balancer.address())).isEqualTo(ExitCode.DONE);
    }
    assertThat(out.toString())
        .contains("worker: policy ll instead of rr, 1 workers, revision 7 (balancer lb1, registry")
        .contains("WORKER")
        .containsPattern("w1 +DRAINING +1 +3 +- +0.0% +- +0.0% +10.0.0.1:1")
        .doesNotContain("\u001b");
  }

  @Test
  void printsWorkersAsJson() {
    try (FakeAdmin balancer = new FakeAdmin(status("READY", 3))) {
      assertThat(run("workers", "--lb=" + balancer.address(), "--output=json")).isZero();
    }
    var service =
        JsonParser.parseString(out.toString())
            .getAsJsonObject()
            .getAsJsonArray("services")
            .get(0)
            .getAsJsonObject();
    assertThat(service.get("policy").getAsString()).isEqualTo("ll");
  }

  @Test
  void aChangeTellsWhoAndWhyAndOnWhichState() {
    try (FakeAdmin balancer = new FakeAdmin()) {
      int code =
          run(
              "drain",
              "w1",
              "w2",
              "--lb=" + balancer.address(),
              "--why=new disk",
              "--as=alice",
              "--if-revision=5");
      assertThat(code).isEqualTo(ExitCode.DONE);
      ChangeEndpointsRequest request = (ChangeEndpointsRequest) balancer.changes.get(0);
      assertThat(request.getEndpointIdsList()).containsExactly("w1", "w2");
      assertThat(request.getNote().getWhy()).isEqualTo("new disk");
      assertThat(request.getNote().getClaimedBy()).isEqualTo("alice");
      assertThat(request.getNote().getExpectedRevision()).isEqualTo(5);
    }
    assertThat(out.toString()).isEqualToNormalizingNewlines("draining w1, w2; revision 7\n");
  }

  @Test
  void waitsUntilADrainingWorkerHasNothingInFlight() {
    try (FakeAdmin balancer =
        new FakeAdmin(
            status("READY", 0),
            status("DRAINING", 2),
            status("DRAINING", 1),
            status("DRAINING", 0))) {
      assertThat(run("drain", "w1", "--wait=20s", "--lb=" + balancer.address())).isZero();
    }
    assertThat(out.toString()).endsWith("drained" + System.lineSeparator());
    assertThat(err.toString()).contains("w1: 2 in flight").contains("w1: 1 in flight");
  }

  @Test
  void doesNotWaitForEver() {
    try (FakeAdmin balancer = new FakeAdmin(status("DRAINING", 2))) {
      assertThat(run("drain", "w1", "--wait=100ms", "--lb=" + balancer.address()))
          .isEqualTo(ExitCode.FAILED);
    }
    assertThat(err.toString()).contains("it stays draining");
  }

  @Test
  void aRefusalIsOneLineAndIsNotTakenToTheNextBalancer() {
    try (FakeAdmin first = new FakeAdmin();
        FakeAdmin second = new FakeAdmin()) {
      first.refusal =
          Optional.of(
              Status.NOT_FOUND.withDescription("endpoint_id is 'w9' (expected: one of w1)"));
      int code = run("drain", "w9", "--lb=" + first.address() + "," + second.address());
      assertThat(code).isEqualTo(ExitCode.FAILED);
      assertThat(second.changes).isEmpty();
      assertThat(err.toString())
          .isEqualToNormalizingNewlines(
              "lookaside-client: "
                  + first.address()
                  + ": NOT_FOUND: endpoint_id is 'w9' (expected: one of w1)\n");
    }
  }

  @Test
  void asksTheNextBalancerWhenOneIsGone() {
    FakeBalancer dead = FakeBalancer.hanging();
    dead.close();
    try (FakeAdmin balancer = new FakeAdmin()) {
      assertThat(
              run("weight", "w1", "--to=0.5", "--lb=" + dead.address() + "," + balancer.address()))
          .isEqualTo(ExitCode.DONE);
      assertThat(((SetWeightRequest) balancer.changes.get(0)).getWeight()).isEqualTo(0.5);
    }
    assertThat(run("workers", "--lb=" + dead.address())).isEqualTo(ExitCode.UNREACHABLE);
  }

  @Test
  void printsWhyAWorkerWouldBePicked() {
    try (FakeAdmin balancer = new FakeAdmin()) {
      balancer.explanation =
          Explanation.newBuilder()
              .setService("worker")
              .setPolicy("rr")
              .setRuleId("ROTATION")
              .setRule("the next open endpoint")
              .setSeed(42)
              .setTableVersion(9)
              .putState("turn", 3)
              .setChosenId("w2")
              .addCandidates(
                  Candidate.newBuilder()
                      .setEndpointId("w2")
                      .setStanding("open")
                      .setReason("turn 1"))
              .addCandidates(
                  Candidate.newBuilder().setEndpointId("w1").setStanding("draining").setPlace(-1))
              .build();
      assertThat(run("explain", "--lb=" + balancer.address())).isZero();
    }
    assertThat(out.toString())
        .contains("worker - -> w2 (rr, seed 42)")
        .contains("by ROTATION: the next open endpoint")
        .contains("table version 9, turn 3")
        .containsPattern("w2 +open .*turn 1  <- picked")
        .containsPattern("w1 +draining");
  }

  @Test
  void printsWhatChanges() {
    try (FakeAdmin balancer = new FakeAdmin(status("READY", 0), status("DRAINING", 0))) {
      assertThat(run("watch", "--changes=1", "--interval=1ms", "--lb=" + balancer.address()))
          .isZero();
    }
    assertThat(out.toString()).contains("worker w1: state READY -> DRAINING");
  }

  @Test
  void aCheckEndsWithTheWorstOfItsFindings() {
    try (FakeAdmin balancer = new FakeAdmin(status("TRANSIENT_FAILURE", 0))) {
      assertThat(run("check", "--lb=" + balancer.address(), "--output=json")).isEqualTo(4);
    }
    assertThat(out.toString()).contains("\"code\":\"SV001\",\"severity\":\"error\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drain",
        "weight w1",
        "weight w1 --to=1 --reset",
        "policy ll --reset",
        "workers --output=csv",
        "explain --seed=x",
        "top --interval=fast",
        "record",
        "record --file=x --duration=11m"
      })
  void badUsageSaysSo(String line) {
    assertThat(run(line.split(" "))).isEqualTo(ExitCode.BAD_USAGE);
    assertThat(err.toString()).contains("see --help");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "workers",
        "top",
        "watch",
        "check",
        "explain",
        "decisions",
        "record",
        "drain",
        "undrain",
        "weight",
        "policy",
        "lift"
      })
  void everyCommandHasExamples(String command) {
    assertThat(run(command, "--help")).isZero();
    assertThat(out.toString()).contains("Examples:").contains("  lookaside-client " + command);
  }

  private static ListEndpointsResponse status(String condition, double inFlight) {
    return ListEndpointsResponse.newBuilder()
        .setBalancer("lb1")
        .setRegistrySync("in_sync")
        .addServices(
            ServiceStatus.newBuilder()
                .setService("worker")
                .setPolicy("ll")
                .setConfiguredPolicy("rr")
                .setControlRevision(7)
                .addEndpoints(
                    EndpointStatus.newBuilder()
                        .setEndpoint(Endpoint.newBuilder().setId("w1").setAddress("10.0.0.1:1"))
                        .setCondition(EndpointCondition.valueOf("ENDPOINT_CONDITION_" + condition))
                        .setWeight(1)
                        .setInFlight(inFlight)))
        .build();
  }

  private int run(String... args) {
    return Usage.commandLine(new TaskCommand(), CommandLine.defaultFactory())
        .setOut(new PrintWriter(new BufferedWriter(out, 1 << 20)))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }
}
