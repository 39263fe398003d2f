package dev.lookaside.tracing.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lookaside.testing.otlp.CollectedSpan;
import dev.lookaside.testing.otlp.OtlpCollector;
import dev.lookaside.tracing.RpcTracing;
import io.grpc.CallOptions;
import io.grpc.StatusRuntimeException;
import io.micrometer.observation.Observation;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a collector gets of calls from one process to another. */
final class OtlpTracingTest {
  private final OtlpCollector collector = OtlpCollector.start();
  private final OtlpTracing client = OtlpTracing.to(collector.endpoint(), "client", Roots.EVERY);
  private final OtlpTracing server = OtlpTracing.to(collector.endpoint(), "server", Roots.NONE);

  @AfterEach
  void stop() {
    client.close();
    server.close();
    collector.close();
  }

  @Test
  void aCallIsOneTraceFromItsClientToItsServer() throws IOException {
    try (EchoLine line = traced()) {
      assertThat(line.say("hello", CallOptions.DEFAULT)).isEqualTo("hello");
    }
    CollectedSpan made = sent("client");
    CollectedSpan served = sent("server");
    assertThat(made.kind()).isEqualTo("CLIENT");
    assertThat(served.kind()).isEqualTo("SERVER");
    assertThat(made.parentId()).isEmpty();
    assertThat(served.isChildOf(made)).isTrue();
    assertThat(List.of(made, served))
        .allSatisfy(span -> {
          assertThat(span.name()).isEqualTo(EchoLine.METHOD);
          assertThat(span.attributes())
              .containsEntry("rpc.system.name", "grpc")
              .containsEntry("rpc.method", EchoLine.METHOD)
              .containsEntry("rpc.response.status_code", "OK")
              .doesNotContainKey("error.type");
          assertThat(span.isError()).isFalse();
        });
    assertThat(served.attribute("where")).isEqualTo("here");
  }

  @Test
  void aCallIsPartOfItsParentOnWhicheverThreadItIsMade() throws IOException {
    Observation task = client.rpcs().begin("task");
    try (EchoLine line = traced()) {
      CallOptions options = RpcTracing.under(task, CallOptions.DEFAULT);
      CompletableFuture.runAsync(() -> line.say("hello", options)).join();
    }
    task.stop();
    client.close();
    assertThat(collector.spans()).hasSize(2);
    CollectedSpan whole = collector.spans().get(1);
    assertThat(whole.name()).isEqualTo("task");
    assertThat(collector.spans().get(0).isChildOf(whole)).isTrue();
  }

  @Test
  void theCallersMistakeIsAnErrorToTheCallerAlone() throws IOException {
    try (EchoLine line = traced()) {
      assertThatThrownBy(() -> line.say("fail INVALID_ARGUMENT", CallOptions.DEFAULT))
          .isInstanceOf(StatusRuntimeException.class);
    }
    CollectedSpan made = sent("client");
    assertThat(made.isError()).isTrue();
    assertThat(made.attribute("error.type")).isEqualTo("INVALID_ARGUMENT");
    assertThat(made.attribute("rpc.response.status_code")).isEqualTo("INVALID_ARGUMENT");
    CollectedSpan served = sent("server");
    assertThat(served.isError()).isFalse();
    assertThat(served.attribute("rpc.response.status_code")).isEqualTo("INVALID_ARGUMENT");
  }

  @Test
  void aServersFailureIsAnErrorToBoth() throws IOException {
    try (EchoLine line = traced()) {
      assertThatThrownBy(() -> line.say("fail UNAVAILABLE", CallOptions.DEFAULT))
          .isInstanceOf(StatusRuntimeException.class);
    }
    assertThat(sent("client").isError()).isTrue();
    assertThat(sent("server").isError()).isTrue();
  }

  @Test
  void aServerTracesNothingThatItsCallerDoesNot() throws IOException {
    try (EchoLine line = EchoLine.of(List.of(), server.rpcs())) {
      assertThat(line.say("hello", CallOptions.DEFAULT)).isEqualTo("hello");
    }
    server.close();
    assertThat(collector.spans()).isEmpty();
  }

  @Test
  void whatAPeerSaysOfItselfIsCut() {
    client
        .rpcs()
        .begin("task")
        .highCardinalityKeyValue("lookaside.client.id", "x".repeat(10_000))
        .stop();
    assertThat(sent("client").attribute("lookaside.client.id")).hasSize(256);
  }

  @Test
  void aCollectorThatIsAwayCostsNoCallAnything() throws IOException {
    collector.close();
    try (EchoLine line = traced()) {
      for (int i = 0; i < 5_000; i++) {
        assertThat(line.say("hello", CallOptions.DEFAULT)).isEqualTo("hello");
      }
    }
    client.close();
  }

  @Test
  void whatIsNoAddressOfACollectorIsRefused() {
    assertThatThrownBy(() -> OtlpTracing.to(URI.create("localhost:4318"), "x", Roots.NONE))
        .hasMessage("collector is 'localhost:4318' (expected: such as http://localhost:4318)");
  }

  private EchoLine traced() throws IOException {
    return EchoLine.of(List.of(client.rpcs().ofCalls()), server.rpcs());
  }

  /** The one span of a side, whose sender is closed. */
  private CollectedSpan sent(String service) {
    (service.equals("client") ? client : server).close();
    List<CollectedSpan> own =
        collector.spans().stream().filter(span -> span.service().equals(service)).toList();
    assertThat(own).hasSize(1);
    return own.get(0);
  }
}
