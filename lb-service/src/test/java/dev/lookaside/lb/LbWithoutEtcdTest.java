package dev.lookaside.lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.lookaside.lb.testing.FromAddress;
import dev.lookaside.lb.testing.RunningLb;
import dev.lookaside.testing.fuzz.RawBytes;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.Outcome;
import dev.lookaside.v1.PickRequest;
import dev.lookaside.v1.PickResponse;
import dev.lookaside.v1.ReportSummary;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ConnectivityState;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole application while etcd is away: it serves, says so, and takes no harm from garbage. */
class LbWithoutEtcdTest {
  private static final PickRequest WORKER = PickRequest.newBuilder().setService("worker").build();

  private static RunningLb lb;

  @BeforeAll
  static void start() {
    lb = RunningLb.start(RunningLb.ETCD_AWAY);
  }

  @AfterAll
  static void stop() {
    lb.close();
  }

  @Test
  void answersThatItIsNotSynced() {
    assertServes();
  }

  @Test
  void isAliveButNotReady() {
    assertThat(lb.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    assertThat(lb.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
    assertThat(lb.get("/actuator/health/readiness").body()).contains("\"sync\":\"never\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "lookaside.v1.LoadBalancer"})
  void saysByGrpcThatItDoesNotServe(String service) {
    var health = HealthGrpc.newBlockingStub(lb.channel());

    assertThat(
            health.check(HealthCheckRequest.newBuilder().setService(service).build()).getStatus())
        .isEqualTo(ServingStatus.NOT_SERVING);
  }

  @Test
  void showsItsMetersAndThoseOfTheOtherServices() {
    assertThat(lb.get("/actuator/prometheus").body())
        .contains("grpc_server_processing_duration_seconds_count")
        .contains("lookaside_pick_duration_seconds_bucket")
        .contains("lookaside_picks_total")
        .contains("lookaside_registry_age_seconds")
        .contains("lookaside_registry_resyncs_total");
  }

  @Test
  void showsAnOverview() {
    assertThat(lb.get("/actuator/lookaside").body())
        .isEqualTo(
            "{\"registry\":{\"sync\":\"never\",\"age\":null},\"services\":[],\"decisions\":[]}");
  }

  @Test
  void knowsNoTargets() {
    assertThat(lb.get("/prometheus/targets").body()).isEqualTo("[]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"env", "heapdump", "shutdown", "loggers", "configprops", "threaddump"})
  void keepsTheRestOfTheActuatorToItself(String endpoint) {
    assertThat(lb.get("/actuator/" + endpoint).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
        "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
        "grpc.channelz.v1.Channelz/GetServers"
      })
  void tellsToolsNothingUnlessItIsToldTo(String method) {
    var reflect =
        MethodDescriptor.<PickRequest, PickRequest>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(method)
            .setRequestMarshaller(ProtoUtils.marshaller(PickRequest.getDefaultInstance()))
            .setResponseMarshaller(ProtoUtils.marshaller(PickRequest.getDefaultInstance()))
            .build();

    assertFails(
        () -> ClientCalls.blockingUnaryCall(lb.channel(), reflect, CallOptions.DEFAULT, WORKER),
        Status.Code.UNIMPLEMENTED);
  }

  @Test
  void refusesAMessageAboveItsLimit() {
    var tooLong = WORKER.toBuilder().setClientId("x".repeat(256 * 1024)).build();

    assertFails(() -> client().pick(tooLong), Status.Code.RESOURCE_EXHAUSTED);
    assertServes();
  }

  @Test
  void refusesMetadataAboveItsLimit() {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("x-long", Metadata.ASCII_STRING_MARSHALLER), "x".repeat(9 * 1024));
    var client = client().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));

    assertThat(catchThrowableOfType(StatusRuntimeException.class, () -> client.pick(WORKER)))
        .isNotNull()
        .hasMessageNotContaining("not synced");
    assertServes();
  }

  @Test
  void refusesWhatIsNoMessage() {
    var garbage =
        LoadBalancerGrpc.getPickMethod().toBuilder(
                new RawBytes(), ProtoUtils.marshaller(PickResponse.getDefaultInstance()))
            .build();

    assertFails(
        () ->
            ClientCalls.blockingUnaryCall(
                lb.channel(), garbage, CallOptions.DEFAULT, new byte[] {(byte) 0xff, 0x01, 0x02}),
        Status.Code.INVALID_ARGUMENT,
        Status.Code.INTERNAL,
        Status.Code.UNKNOWN,
        Status.Code.CANCELLED);
    assertServes();
  }

  @Test
  void ignoresFieldsItDoesNotKnow() {
    var more =
        UnknownFieldSet.newBuilder()
            .addField(
                99,
                UnknownFieldSet.Field.newBuilder()
                    .addLengthDelimited(ByteString.copyFromUtf8("later"))
                    .build())
            .build();

    assertFails(
        () -> client().pick(WORKER.toBuilder().setUnknownFields(more).build()),
        Status.Code.UNAVAILABLE);
  }

  @Test
  void hangsUpOnHttp1() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), lb.rpcPort())) {
      socket.setSoTimeout(5_000);
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

      // Reads to the end: the server closes the connection.
      socket.getInputStream().readAllBytes();
    }
    assertServes();
  }

  @Test
  void cutsOffAClientThatOpensAndResetsStreamsWithoutEnd() {
    // What is counted is its address's, and is not to be that of the other tests.
    var flooding =
        NettyChannelBuilder.forAddress("127.0.0.1", lb.rpcPort())
            .usePlaintext()
            .localSocketPicker(new FromAddress("127.0.0.9"))
            .build();
    try {
      assertThatThrownBy(() -> LoadBalancerGrpc.newBlockingStub(flooding).pick(WORKER))
          .hasMessageContaining("not synced");
      assertThat(flooding.getState(false)).isEqualTo(ConnectivityState.READY);
      // It may connect again at once, for the calls that are left.
      AtomicBoolean cutOff = new AtomicBoolean();
      flooding.notifyWhenStateChanged(ConnectivityState.READY, () -> cutOff.set(true));

      for (int i = 0; i < 100_000 && !cutOff.get(); i++) {
        openAndReset(flooding.newCall(LoadBalancerGrpc.getReportMethod(), CallOptions.DEFAULT));
      }

      await().untilTrue(cutOff);
      assertServes();
    } finally {
      flooding.shutdownNow();
    }
  }

  private static void openAndReset(ClientCall<Outcome, ReportSummary> call) {
    call.start(new ClientCall.Listener<>() {}, new Metadata());
    call.request(1);
    call.sendMessage(Outcome.getDefaultInstance());
    call.cancel("reset", null);
  }

  private static LoadBalancerGrpc.LoadBalancerBlockingStub client() {
    return LoadBalancerGrpc.newBlockingStub(lb.channel());
  }

  private static void assertServes() {
    assertThat(catchThrowableOfType(StatusRuntimeException.class, () -> client().pick(WORKER)))
        .hasMessageStartingWith("UNAVAILABLE: not synced");
  }

  private static void assertFails(Runnable call, Status.Code... codes) {
    var failure = catchThrowableOfType(StatusRuntimeException.class, call::run);
    assertThat(failure).isNotNull();
    assertThat(failure.getStatus().getCode()).isIn((Object[]) codes);
    assertThat(String.valueOf(failure.getStatus().getDescription())).doesNotContain("\tat ");
  }
}
