package dev.lookaside.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A handler that answers on a thread of its own, and a message that cannot be read. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class ReadableMessagesTest {
  private final Transport transport = new Transport();
  private final Answering handler = new Answering();
  private final ServerMethodDefinition<Object, String> method =
      ReadableMessages.of(ServerMethodDefinition.create(Transport.METHOD, handler));

  @Test
  void aCallIsNotClosedWhileItsHandlerAnswers() throws InterruptedException {
    ServerCall.Listener<Object> listener = start();
    Thread answering = new Thread(() -> handler.call().sendMessage("answer"));
    answering.start();
    transport.sending.await();
    Thread closing = new Thread(() -> listener.onMessage(unreadable()));
    closing.start();
    while (closing.getState() != Thread.State.BLOCKED && closing.isAlive()) {
      Thread.onSpinWait();
    }
    transport.mayEnd.countDown();
    answering.join();
    closing.join();
    assertThat(transport.events).containsExactly("sends", "sent", "INVALID_ARGUMENT");
  }

  @Test
  void whatIsAnsweredAfterwardsIsNotSent() {
    transport.mayEnd.countDown();
    start().onMessage(unreadable());
    handler.call().sendMessage("late");
    handler.call().close(Status.OK, new Metadata());
    assertThat(transport.events).containsExactly("INVALID_ARGUMENT");
  }

  private ServerCall.Listener<Object> start() {
    return method.getServerCallHandler().startCall(transport, new Metadata());
  }

  private Object unreadable() {
    return method
        .getMethodDescriptor()
        .getRequestMarshaller()
        .parse(new ByteArrayInputStream(new byte[0]));
  }

  private static final class Answering implements ServerCallHandler<String, String> {
    private final List<ServerCall<String, String>> calls = new CopyOnWriteArrayList<>();

    @Override
    public ServerCall.Listener<String> startCall(
        ServerCall<String, String> call, Metadata headers) {
      calls.add(call);
      return new ServerCall.Listener<>() {};
    }

    ServerCall<String, String> call() {
      return calls.get(0);
    }
  }

  /** Notes what it is told, and when; it takes long to send a message. */
  private static final class Transport extends ServerCall<Object, String> {
    static final MethodDescriptor<String, String> METHOD =
        MethodDescriptor.<String, String>newBuilder()
            .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
            .setFullMethodName("test/Answer")
            .setRequestMarshaller(new NoMessage())
            .setResponseMarshaller(new NoMessage())
            .build();

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final CountDownLatch sending = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    @Override
    public void sendMessage(String message) {
      events.add("sends");
      sending.countDown();
      try {
        mayEnd.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      events.add("sent");
    }

    @Override
    public void close(Status status, Metadata trailers) {
      events.add(status.getCode().name());
    }

    @Override
    public void request(int count) {}

    @Override
    public void sendHeaders(Metadata headers) {}

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public MethodDescriptor<Object, String> getMethodDescriptor() {
      throw new UnsupportedOperationException();
    }
  }

  private static final class NoMessage implements MethodDescriptor.Marshaller<String> {
    @Override
    public InputStream stream(String value) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String parse(InputStream stream) {
      throw Status.INTERNAL.asRuntimeException();
    }
  }
}
