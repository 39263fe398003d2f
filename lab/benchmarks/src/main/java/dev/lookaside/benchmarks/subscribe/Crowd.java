package dev.lookaside.benchmarks.subscribe;

import com.google.protobuf.Duration;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.SubscribeRequest;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Subscribers, each on a connection of its own. They do not read what they get, for a client's cost
 * is not the subject: the first byte of a message tells a load from a change.
 */
final class Crowd implements AutoCloseable {
  private static final int TABLE = 0x0a;
  private static final int DELTA = 0x12;
  private static final int LOADS = 0x1a;

  private final Connections connections = new Connections();
  final AtomicInteger tables = new AtomicInteger();
  final AtomicInteger deltas = new AtomicInteger();
  final AtomicLong lastDeltaNanos = new AtomicLong();
  final LongAdder loads = new LongAdder();
  final LongAdder loadBytes = new LongAdder();
  final AtomicInteger failures = new AtomicInteger();

  /** Connects and subscribes; without loads if the interval is 0. */
  void join(int port, int subscribers, int loadMillis) {
    SubscribeRequest request =
        SubscribeRequest.newBuilder()
            .setService("worker")
            .setLoadInterval(Duration.newBuilder().setNanos(loadMillis * 1_000_000))
            .build();
    for (int i = 0; i < subscribers; i++) {
      subscribe(connections.open(port), request);
    }
  }

  private void subscribe(ManagedChannel channel, SubscribeRequest request) {
    var method = LoadBalancerGrpc.getSubscribeMethod();
    ClientCall<SubscribeRequest, Message> call =
        channel.newCall(
            method.toBuilder(method.getRequestMarshaller(), new FirstByte()).build(),
            CallOptions.DEFAULT);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onMessage(Message message) {
            call.request(1);
            heard(message);
          }

          @Override
          public void onClose(Status status, @Nullable Metadata trailers) {
            if (status.getCode() != Status.Code.CANCELLED && !Connections.closedByUs(status)) {
              failures.incrementAndGet();
            }
          }
        },
        new Metadata());
    call.request(2);
    call.sendMessage(request);
    call.halfClose();
  }

  private void heard(Message message) {
    switch (message.first()) {
      case TABLE -> tables.incrementAndGet();
      case DELTA -> {
        lastDeltaNanos.set(System.nanoTime());
        deltas.incrementAndGet();
      }
      case LOADS -> {
        loads.increment();
        loadBytes.add(message.length());
      }
      default -> {}
    }
  }

  private record Message(int first, int length) {}

  private static final class FirstByte implements MethodDescriptor.Marshaller<Message> {
    @Override
    public InputStream stream(Message value) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Message parse(InputStream stream) {
      try {
        int length = stream.available();
        int first = stream.read();
        stream.skip(length);
        return new Message(first, length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    connections.close();
  }
}
