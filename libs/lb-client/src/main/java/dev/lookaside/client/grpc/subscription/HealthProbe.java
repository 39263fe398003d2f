package dev.lookaside.client.grpc.subscription;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Asks whether anyone is there, by the standard health service. Any answer is a sign of life, "I do
 * not know that method" included; so the messages are neither made nor read.
 */
final class HealthProbe {
  private static final MethodDescriptor<byte[], byte[]> CHECK =
      MethodDescriptor.<byte[], byte[]>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("grpc.health.v1.Health/Check")
          .setRequestMarshaller(new Unread())
          .setResponseMarshaller(new Unread())
          .build();

  private HealthProbe() {}

  static void send(Channel channel, Duration timeout, Consumer<Status> answer) {
    ClientCall<byte[], byte[]> call =
        channel.newCall(
            CHECK, CallOptions.DEFAULT.withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS));
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            answer.accept(status);
          }
        },
        new Metadata());
    call.request(2);
    call.sendMessage(new byte[0]);
    call.halfClose();
  }

  /** Says of the end of a probe whether the other side is gone. */
  static boolean isNoAnswer(Status status) {
    return status.getCode() == Status.Code.DEADLINE_EXCEEDED
        || status.getCode() == Status.Code.UNAVAILABLE;
  }

  private static final class Unread implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      return new byte[0];
    }
  }
}
