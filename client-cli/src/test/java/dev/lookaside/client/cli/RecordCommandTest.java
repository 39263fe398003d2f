package dev.lookaside.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.lookaside.client.FakeAdmin;
import dev.lookaside.v1.CallDating;
import dev.lookaside.v1.CallEnding;
import dev.lookaside.v1.EndpointCondition;
import dev.lookaside.v1.RecordEnd;
import dev.lookaside.v1.RecordRequest;
import dev.lookaside.v1.RecordResponse;
import dev.lookaside.v1.RecordStart;
import dev.lookaside.v1.RecordedCall;
import dev.lookaside.v1.RecordedCalls;
import dev.lookaside.v1.RecordedLoad;
import dev.lookaside.v1.RecordedLoads;
import io.grpc.Status;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What "record" makes of what a balancer tells. */
class RecordCommandTest {
  private static final RecordResponse START =
      RecordResponse.newBuilder()
          .setStart(
              RecordStart.newBuilder()
                  .setBalancer("lb1")
                  .setPolicy("ll")
                  .setAt(Timestamp.newBuilder().setSeconds(1_700_000_000)))
          .build();
  private static final RecordResponse LOADS =
      RecordResponse.newBuilder()
          .setLoads(
              RecordedLoads.newBuilder()
                  .setAtNanos(100_000)
                  .addLoads(
                      RecordedLoad.newBuilder()
                          .setEndpointId("w\n,1")
                          .setCondition(EndpointCondition.ENDPOINT_CONDITION_READY)
                          .setWeight(1)
                          .setCapacity(2.5)
                          .setInFlight(10)
                          .setUtilization(0.25))
                  .addLoads(
                      RecordedLoad.newBuilder()
                          .setEndpointId("w2")
                          .setCondition(EndpointCondition.ENDPOINT_CONDITION_EJECTED)
                          .setCapacity(100)))
          .build();
  private static final RecordResponse CALLS =
      RecordResponse.newBuilder()
          .setCalls(
              RecordedCalls.newBuilder()
                  .addCalls(
                      RecordedCall.newBuilder()
                          .setEndpointId("w2")
                          .setAtNanos(1_500_000_000)
                          .setLatencyNanos(51_234_567)
                          .setEnding(CallEnding.CALL_ENDING_SUCCEEDED)
                          .setDating(CallDating.CALL_DATING_PICK))
                  .addCalls(
                      RecordedCall.newBuilder()
                          .setEndpointId("w2")
                          .setEnding(CallEnding.CALL_ENDING_REFUSED)
                          .setDating(CallDating.CALL_DATING_STATISTICS)))
          .build();
  private static final RecordResponse END =
      RecordResponse.newBuilder()
          .setEnd(RecordEnd.newBuilder().setLeftOut(3).setPickers(2).setPolicy("rr"))
          .build();

  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void writesNotesLoadsAndCallsAsOneFile() throws IOException {
    Path file = directory.resolve("trace.csv");
    try (FakeAdmin balancer = new FakeAdmin()) {
      balancer.recording = List.of(START, LOADS, CALLS, END);
      assertThat(record(balancer, file, "--duration=30s")).isEqualTo(ExitCode.DONE);
      RecordRequest request = (RecordRequest) balancer.changes.get(0);
      assertThat(request.getService()).isEqualTo("worker");
      assertThat(request.getDuration().getSeconds()).isEqualTo(30);
    }

    assertThat(Files.readString(file))
        .isEqualTo(
            """
            # lookaside trace: 1
            # service: worker
            # policy: ll
            # balancer: lb1
            # recorded: 2023-11-14T22:13:20Z
            # duration: 30.000000
            kind,time,endpoint,latency,ending,dating,condition,weight,capacity,in_flight,utilization
            load,0.000100,"w?,1",,,,ready,1,2.5,10,0.25
            load,0.000100,w2,,,,ejected,0,100,,
            call,1.500000,w2,0.051235,succeeded,pick,,,,,
            call,0.000000,w2,0.000000,refused,statistics,,,,,
            # policy at the end: rr
            # left out: 3
            # pickers: 2
            # complete: yes
            """);
    assertThat(out.toString()).isEqualToNormalizingNewlines("2 calls in " + file + "\n");
  }

  @Test
  void aRecordingThatIsCutOffIsNotTakenToAnotherBalancer() throws IOException {
    Path file = directory.resolve("trace.csv");
    try (FakeAdmin balancer = new FakeAdmin();
        FakeAdmin another = new FakeAdmin()) {
      balancer.recording = List.of(START, CALLS);
      balancer.refusal = Optional.of(Status.UNAVAILABLE.withDescription("shutting down"));
      assertThat(
              run(
                  "record",
                  "--lb=" + balancer.address() + "," + another.address(),
                  "--file=" + file))
          .isEqualTo(ExitCode.FAILED);
      assertThat(another.changes).isEmpty();
    }
    assertThat(err.toString()).contains("the recording was cut off").contains("shutting down");
    assertThat(Files.readString(file)).doesNotContain("# complete");
  }

  @Test
  void aFileThatIsThereStaysWhenNobodyRecords() throws IOException {
    Path file = Files.writeString(directory.resolve("trace.csv"), "precious");
    try (FakeAdmin balancer = new FakeAdmin()) {
      balancer.refusal = Optional.of(Status.NOT_FOUND.withDescription("service is 'worker'"));
      assertThat(record(balancer, file)).isEqualTo(ExitCode.FAILED);
    }
    assertThat(file).hasContent("precious");
  }

  private int record(FakeAdmin balancer, Path file, String... more) {
    String[] line = new String[more.length + 3];
    line[0] = "record";
    line[1] = "--lb=" + balancer.address();
    line[2] = "--file=" + file;
    System.arraycopy(more, 0, line, 3, more.length);
    return run(line);
  }

  private int run(String... line) {
    return Usage.commandLine(new TaskCommand(), CommandLine.defaultFactory())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(line);
  }
}
