package dev.lookaside.worker.starter.warmup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.lookaside.core.time.Ticker;
import dev.lookaside.tls.LiveTls;
import dev.lookaside.tls.PeerNames;
import dev.lookaside.tls.PemFiles;
import dev.lookaside.tls.development.DevelopmentAuthority;
import dev.lookaside.tls.development.Wanted;
import dev.lookaside.worker.starter.calls.RequestMeter;
import dev.lookaside.worker.starter.load.RequestCounters;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsServerCredentials;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A server with one service of an application, which counts its calls. */
@ExtendWith(OutputCaptureExtension.class)
class WarmUpTest {
  private static final MethodDescriptor<HealthCheckRequest, HealthCheckResponse> METHOD =
      HealthGrpc.getCheckMethod().toBuilder().setFullMethodName("app.Greeter/Greet").build();

  private final WarmUpMark mark = new WarmUpMark();
  private final RequestCounters counters = new RequestCounters(Ticker.system());
  private final AtomicInteger served = new AtomicInteger();
  private volatile boolean silent;
  private Server server;

  @BeforeEach
  void start() throws Exception {
    var greeter =
        ServerServiceDefinition.builder("app.Greeter")
            .addMethod(
                METHOD,
                ServerCalls.asyncUnaryCall((request, answer) -> {
                  served.incrementAndGet();
                  if (!silent) {
                    answer.onNext(HealthCheckResponse.getDefaultInstance());
                    answer.onCompleted();
                  }
                }))
            .build();
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(ServerInterceptors.intercept(greeter, new RequestMeter(counters, mark)))
            .build()
            .start();
  }

  @AfterEach
  void stop() {
    server.shutdownNow();
  }

  @Test
  void callsTheServerOverItsPortAndTheCallsAreNotCountedAsLoad() {
    warmUp(WarmUpTest::greet);

    assertThat(served).hasValueGreaterThan(1);
    assertThat(counters.ended()).isZero();
  }

  @Test
  void aCallThatFailsEndsItAndHarmsNobody() {
    var tried = new AtomicInteger();

    assertThatCode(() ->
            warmUp(self -> {
              tried.incrementAndGet();
              throw new StatusRuntimeException(Status.UNAVAILABLE);
            }))
        .doesNotThrowAnyException();

    assertThat(tried).hasValue(1);
  }

  @Test
  void aCallThatNeverEndsIsCutOff() {
    silent = true;

    new WarmUp(List.of(WarmUpTest::greet), mark, Duration.ofMillis(200), Ticker.system())
        .run(server);

    assertThat(served).hasValue(1);
  }

  @Test
  void aWorkerThatDoesNotTrustItsOwnCertificateSaysWhatIsWrongWithIt(
      CapturedOutput output, @TempDir Path directory) throws Exception {
    DevelopmentAuthority ours = DevelopmentAuthority.in(directory.resolve("ours"));
    DevelopmentAuthority theirs = DevelopmentAuthority.in(directory.resolve("theirs"));
    PemFiles foreign = theirs.issue(Wanted.of("worker", "dns:localhost", "ip:127.0.0.1"));
    LiveTls tls =
        new LiveTls(
            PemFiles.trusting(ours.ca())
                .showing(foreign.certificate().orElseThrow(), foreign.key().orElseThrow())
                .load());
    Server secure =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                TlsServerCredentials.newBuilder().keyManager(tls.keys()).build())
            .build()
            .start();

    new WarmUp(
            List.of(WarmUpTest::greet),
            mark,
            Duration.ofSeconds(20),
            Ticker.system(),
            tls.channelCredentials(PeerNames.theHost()))
        .run(secure);

    secure.shutdownNow();
    assertThat(output.getOut())
        .contains(
            "this worker cannot call itself: TLS: the certificate of [localhost, 127.0.0.1] is"
                + " issued by 'CN=")
        .contains("(expected: an authority that is trusted here)");
  }

  @Test
  void nobodyElseCanUseTheMark() {
    warmUp(self -> {});

    var guessed = new Metadata();
    guessed.put(Metadata.Key.of("lookaside-warm-up", Metadata.ASCII_STRING_MARSHALLER), "x");
    assertThat(mark.isOn(guessed)).isFalse();
    assertThat(mark.isOn(mark.use())).isTrue();
    mark.retire();
  }

  private void warmUp(WarmUpCall call) {
    new WarmUp(List.of(call), mark, Duration.ofSeconds(20), Ticker.system()).run(server);
  }

  private static void greet(Channel self) {
    var unused =
        ClientCalls.blockingUnaryCall(
            self, METHOD, CallOptions.DEFAULT, HealthCheckRequest.getDefaultInstance());
  }
}
