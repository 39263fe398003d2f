package dev.lookaside.testing.fuzz;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Calls every method of a service with mutated messages and counts how the calls end. The same seed
 * sends the same messages. How many there are in all is {@code -Dfuzz.messages}, 20000 unless told
 * otherwise.
 */
public final class Fuzz {
  private static final int IN_FLIGHT = 64;

  /** Below what a server takes for a rapid reset: answered streams are taken back. */
  private static final int CALLS_PER_CONNECTION = 150;

  private static final int MESSAGES_PER_STREAM = 3;
  private static final long DEADLINE_MILLIS = 10_000;

  private final int port;
  private final Random random;
  private final Mutations mutations;
  private final Map<Status.Code, Integer> endings = new ConcurrentHashMap<>();
  private final Map<String, Integer> faults = new ConcurrentHashMap<>();
  private final Semaphore free = new Semaphore(IN_FLIGHT);

  public Fuzz(int port, long seed) {
    this.port = port;
    this.random = new Random(seed);
    this.mutations = new Mutations(random);
  }

  /** How many messages the fuzz of all servers is to send. */
  public static int messages() {
    return Integer.getInteger("fuzz.messages", 20_000);
  }

  /** How calls have ended. */
  public Map<Status.Code, Integer> endings() {
    return endings;
  }

  /** What ended as UNKNOWN or INTERNAL, with its words. */
  public Map<String, Integer> faults() {
    return faults;
  }

  /** Sends about so many messages to the methods of a service, one method after the other. */
  public Fuzz run(ServiceDescriptor service, int messages) {
    int each = messages / service.getMethods().size();
    for (MethodDescriptor<?, ?> method : service.getMethods()) {
      run(method, each);
    }
    return this;
  }

  /** Sends so many messages to one method. */
  public void run(MethodDescriptor<?, ?> method, int messages) {
    var schema =
        (ProtoMethodDescriptorSupplier)
            Objects.requireNonNull(method.getSchemaDescriptor(), method.getFullMethodName());
    MethodDescriptor<byte[], byte[]> raw = method.toBuilder(new RawBytes(), new RawBytes()).build();
    boolean isStream = !method.getType().clientSendsOneMessage();
    int perCall = isStream ? MESSAGES_PER_STREAM : 1;
    int sent = 0;
    while (sent < messages) {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().directExecutor().build();
      for (int i = 0; i < CALLS_PER_CONNECTION && sent < messages; i++) {
        byte[][] content = new byte[perCall][];
        for (int m = 0; m < perCall; m++) {
          content[m] = mutations.next(schema.getMethodDescriptor().getInputType());
        }
        call(channel, raw, content);
        sent += perCall;
      }
      free.acquireUninterruptibly(IN_FLIGHT);
      free.release(IN_FLIGHT);
      channel.shutdownNow();
    }
  }

  private void call(
      ManagedChannel channel, MethodDescriptor<byte[], byte[]> method, byte[][] messages) {
    free.acquireUninterruptibly();
    var options = CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
    ClientCall<byte[], byte[]> call = channel.newCall(method, options);
    Ending ending = new Ending(call, method);
    call.start(ending, new Metadata());
    call.request(2);
    for (byte[] message : messages) {
      call.sendMessage(message);
    }
    call.halfClose();
    ending.allIsSent();
  }

  private final class Ending extends ClientCall.Listener<byte[]> {
    private final ClientCall<byte[], byte[]> call;
    private final MethodDescriptor<byte[], byte[]> method;
    private boolean isSent;
    private boolean isAnswered;

    Ending(ClientCall<byte[], byte[]> call, MethodDescriptor<byte[], byte[]> method) {
      this.call = call;
      this.method = method;
    }

    synchronized void allIsSent() {
      isSent = true;
      endIfAnswered();
    }

    @Override
    public synchronized void onMessage(byte[] message) {
      isAnswered = true;
      endIfAnswered();
    }

    /** A stream that answers may have no end. */
    private void endIfAnswered() {
      if (isSent && isAnswered && !method.getType().serverSendsOneMessage()) {
        call.cancel("answered", null);
      }
    }

    @Override
    public synchronized void onClose(Status status, Metadata trailers) {
      Status.Code code =
          isAnswered && status.getCode() == Status.Code.CANCELLED
              ? Status.Code.OK
              : status.getCode();
      endings.merge(code, 1, Integer::sum);
      if (code == Status.Code.UNKNOWN || code == Status.Code.INTERNAL) {
        faults.merge(
            method.getFullMethodName() + " " + code + " " + status.getDescription(),
            1,
            Integer::sum);
      }
      free.release();
    }
  }
}
