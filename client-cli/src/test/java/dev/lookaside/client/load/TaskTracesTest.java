package dev.lookaside.client.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.client.FakeBalancer;
import dev.lookaside.client.FakeWorker;
import dev.lookaside.client.task.ClientSettings;
import dev.lookaside.client.task.Task;
import dev.lookaside.client.task.TaskClient;
import dev.lookaside.testing.otlp.CollectedSpan;
import dev.lookaside.testing.otlp.OtlpCollector;
import dev.lookaside.tracing.otlp.OtlpTracing;
import dev.lookaside.tracing.otlp.Roots;
import io.grpc.Status;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The client's side of a trace, by either way to pick. */
final class TaskTracesTest {
  private static final Task TASK = new Task("sleep 3", "client1");
  private static final String EXECUTE = "lookaside.v1.Worker/Execute";
  private static final String PICK = "lookaside.v1.LoadBalancer/Pick";

  private final OtlpCollector collector = OtlpCollector.start();
  private final OtlpTracing traces = OtlpTracing.to(collector.endpoint(), "test", Roots.EVERY);

  @AfterEach
  void stop() {
    traces.close();
    collector.close();
  }

  @Test
  void aTaskWhosePickAndCallFailAtFirstIsOneTraceOfAllOfThem() {
    FakeBalancer dead = FakeBalancer.hanging();
    dead.close();
    try (FakeWorker refusing = FakeWorker.failing("w1", Status.UNAVAILABLE);
        FakeWorker worker = FakeWorker.done("w2");
        FakeBalancer balancer = FakeBalancer.of(refusing, worker);
        Sender sender =
            new PickingSender(
                TaskClient.open(
                    ClientSettings.of(List.of(dead.address(), balancer.address())),
                    traces.rpcs()))) {
      assertThat(sender.send(TASK).join().end()).isEqualTo(new Sent.End.Done("w2"));
    }
    CollectedSpan task = one("task");
    assertThat(task.parentId()).isEmpty();
    assertThat(task.isError()).isFalse();
    assertThat(task.attribute("lookaside.task")).isEqualTo("sleep 3");
    // One of the dead balancer, and one each before the two calls.
    assertThat(named(PICK)).hasSize(3).allMatch(span -> span.isChildOf(task));
    assertThat(named(PICK)).filteredOn(CollectedSpan::isError).hasSize(1);
    assertThat(named(EXECUTE)).hasSize(2).allMatch(span -> span.isChildOf(task));
    assertThat(named(EXECUTE)).filteredOn(CollectedSpan::isError).hasSize(1);
  }

  @Test
  void whatIsPickedInTheProcessIsSaidInTheSpanOfTheCall() {
    try (FakeWorker worker = FakeWorker.done("w1");
        FakeBalancer balancer = FakeBalancer.of(worker);
        Sender sender =
            SubscribedSender.open(ClientSettings.of(List.of(balancer.address())), traces.rpcs())) {
      assertThat(sender.send(TASK).join().end()).isEqualTo(new Sent.End.Done("w1"));
    }
    CollectedSpan call = one(EXECUTE);
    assertThat(call.isChildOf(one("task"))).isTrue();
    assertThat(call.attributes())
        .containsEntry("lookaside.endpoint.id", "w1")
        .containsEntry("lookaside.policy", "rr")
        .containsEntry("rpc.system.name", "grpc")
        .containsEntry("rpc.response.status_code", "OK");
    assertThat(call.events()).contains("pick w1");
  }

  @Test
  void aTaskThatFailsIsAnErrorInItsTrace() {
    try (FakeWorker failing = FakeWorker.failing("w1", Status.INVALID_ARGUMENT);
        FakeBalancer balancer = FakeBalancer.of(failing);
        Sender sender =
            new PickingSender(
                TaskClient.open(ClientSettings.of(List.of(balancer.address())), traces.rpcs()))) {
      assertThat(sender.send(TASK).join().end()).isInstanceOf(Sent.End.Failed.class);
    }
    assertThat(one("task").isError()).isTrue();
  }

  private CollectedSpan one(String name) {
    assertThat(named(name)).hasSize(1);
    return named(name).get(0);
  }

  private List<CollectedSpan> named(String name) {
    traces.close();
    return collector.spans().stream().filter(span -> span.name().equals(name)).toList();
  }
}
