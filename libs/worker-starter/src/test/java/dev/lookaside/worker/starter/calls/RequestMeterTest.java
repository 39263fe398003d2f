package dev.lookaside.worker.starter.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lookaside.core.time.ManualTicker;
import dev.lookaside.worker.starter.load.RequestCounters;
import dev.lookaside.worker.starter.warmup.WarmUpMark;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestMeterTest {
  private final RequestCounters counters = new RequestCounters(new ManualTicker());
  private final RequestMeter meter = new RequestMeter(counters, new WarmUpMark());

  @Test
  void aCallIsInFlightUntilItsAnswer() {
    var call = new FakeCall("app.Greeter");
    ServerCall<String, String>[] seen = startCapturing(call);
    assertThat(counters.inFlight()).isEqualTo(1);

    seen[0].close(Status.OK, new Metadata());

    assertThat(counters.inFlight()).isZero();
    assertThat(call.closedWith).isEqualTo(Status.OK);
  }

  @ParameterizedTest
  @EnumSource(Status.Code.class)
  void anErrorIsCountedIfItIsTheWorkersOwn(Status.Code code) {
    ServerCall<String, String>[] seen = startCapturing(new FakeCall("app.Greeter"));

    seen[0].close(Status.fromCode(code), new Metadata());

    boolean own =
        switch (code) {
          case UNKNOWN, INTERNAL, UNAVAILABLE, DATA_LOSS, RESOURCE_EXHAUSTED -> true;
          default -> false;
        };
    assertThat(errors()).isEqualTo(own ? 1 : 0);
  }

  @Test
  void aCallerWhoLeavesEndsTheCallAndIsNoError() {
    ServerCall.Listener<String> listener =
        meter.interceptCall(
            new FakeCall("app.Greeter"),
            new Metadata(),
            (call, headers) -> new ServerCall.Listener<>() {});

    listener.onCancel();

    assertThat(counters.inFlight()).isZero();
    assertThat(errors()).isZero();
  }

  @Test
  void aCallThatGrpcClosedUponAThrowIsAnError() {
    ServerCall.Listener<String> listener =
        meter.interceptCall(
            new FakeCall("app.Greeter"),
            new Metadata(),
            (call, headers) -> new ServerCall.Listener<>() {});

    listener.onComplete();

    assertThat(counters.inFlight()).isZero();
    assertThat(errors()).isEqualTo(1);
  }

  @Test
  void aHandlerThatThrowsAtTheStartIsAnError() {
    assertThatThrownBy(() ->
            meter.interceptCall(
                new FakeCall("app.Greeter"),
                new Metadata(),
                (call, headers) -> {
                  throw new IllegalStateException("on purpose");
                }))
        .hasMessage("on purpose");

    assertThat(counters.inFlight()).isZero();
    assertThat(errors()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grpc.health.v1.Health",
        "grpc.reflection.v1.ServerReflection",
        "xds.service.orca.v3.OpenRcaService"
      })
  void callsOfBalancersAndOperatorsAreNotCounted(String service) {
    startCapturing(new FakeCall(service));

    assertThat(counters.inFlight()).isZero();
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private ServerCall<String, String>[] startCapturing(FakeCall call) {
    ServerCall<String, String>[] seen = new ServerCall[1];
    meter.interceptCall(
        call,
        new Metadata(),
        (intercepted, headers) -> {
          seen[0] = intercepted;
          return new ServerCall.Listener<>() {};
        });
    return seen;
  }

  private long errors() {
    return counters.errors();
  }

  private static final class FakeCall extends ServerCall<String, String> {
    private final String service;
    private Status closedWith = Status.UNKNOWN;

    FakeCall(String service) {
      this.service = service;
    }

    @Override
    public void request(int messages) {}

    @Override
    public void sendHeaders(Metadata headers) {}

    @Override
    public void sendMessage(String message) {}

    @Override
    public void close(Status status, Metadata trailers) {
      closedWith = status;
    }

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public MethodDescriptor<String, String> getMethodDescriptor() {
      return MethodDescriptor.newBuilder(new Text(), new Text())
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName(service + "/Call")
          .build();
    }
  }

  private static final class Text implements MethodDescriptor.Marshaller<String> {
    @Override
    public InputStream stream(String value) {
      return new ByteArrayInputStream(new byte[0]);
    }

    @Override
    public String parse(InputStream stream) {
      return "";
    }
  }
}
