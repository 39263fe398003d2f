package dev.lookaside.worker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lookaside.testing.fuzz.RawBytes;
import dev.lookaside.v1.WorkerGrpc;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Input that no client of ours sends: the call or the connection fails, the server serves on. */
class BadTrafficTest {
  private static RunningWorker worker;

  @BeforeAll
  static void start() {
    worker = RunningWorker.start();
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  @AfterEach
  void servesOn() {
    assertThat(worker.execute("sum-up 10").getResult()).isEqualTo("55");
  }

  @Test
  void refusesAMessageOver64KiB() {
    Status status = failureOf("x".repeat(65 * 1024));

    assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
  }

  @Test
  void readsAMessageJustUnder64KiBAndQuotesItShort() {
    Status status = failureOf("x".repeat(63 * 1024));

    assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(status.getDescription()).hasSizeLessThan(200);
  }

  @Test
  void refusesMetadataOver8KiB() {
    var headers = new Metadata();
    headers.put(Metadata.Key.of("large", Metadata.ASCII_STRING_MARSHALLER), "x".repeat(9_000));
    var stub = worker.worker().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));

    assertThat(
            catchThrowableOfType(
                StatusRuntimeException.class, () -> stub.execute(RunningWorker.request("sleep 0"))))
        .isNotNull();
  }

  @Test
  void refusesGarbageInPlaceOfAMessage() {
    MethodDescriptor<byte[], byte[]> method =
        MethodDescriptor.newBuilder(new RawBytes(), new RawBytes())
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(WorkerGrpc.getExecuteMethod().getFullMethodName())
            .build();

    assertThat(
            catchThrowableOfType(
                    StatusRuntimeException.class,
                    () ->
                        ClientCalls.blockingUnaryCall(
                            worker.channel(),
                            method,
                            CallOptions.DEFAULT,
                            new byte[] {-1, -1, -1, -1, -1}))
                .getStatus()
                .getDescription())
        .doesNotContain("\tat ");
  }

  @Test
  void dropsAConnectionThatSpeaksHttp1() throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), worker.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
      byte[] answer = socket.getInputStream().readAllBytes();

      assertThat(new String(answer, US_ASCII)).doesNotContain("200 OK");
    }
  }

  private static Status failureOf(String task) {
    return catchThrowableOfType(StatusRuntimeException.class, () -> worker.execute(task))
        .getStatus();
  }
}
