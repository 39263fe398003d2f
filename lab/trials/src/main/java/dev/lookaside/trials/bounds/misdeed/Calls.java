package dev.lookaside.trials.bounds.misdeed;

import com.google.protobuf.MessageLite;
import dev.lookaside.testing.fuzz.RawBytes;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * So many calls on each of so many connections, with the same bytes as their request. When all of
 * them have ended, it begins again.
 */
public final class Calls implements Misdeed {

  /** Whom it calls. */
  public enum Whom {
    BALANCER,
    WORKER,
    ETCD;

    int port(Target target) {
      return switch (this) {
        case BALANCER -> target.rpc();
        case WORKER -> target.worker();
        case ETCD -> target.etcd();
      };
    }
  }

  /** What it does with answers. */
  public enum Reading {
    ALL,
    NOTHING
  }

  private static final long PAUSE_MILLIS = 20;

  private final Whom whom;
  private final int connections;
  private final int each;
  private final MethodDescriptor<byte[], byte[]> method;
  private final byte[] request;
  private final Reading reading;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();

  private Calls(
      Whom whom, int connections, int each, String method, byte[] request, Reading reading) {
    this.whom = whom;
    this.connections = connections;
    this.each = each;
    this.method =
        MethodDescriptor.newBuilder(new RawBytes(), new RawBytes())
            .setType(MethodType.SERVER_STREAMING)
            .setFullMethodName(method)
            .build();
    this.request = request;
    this.reading = reading;
  }

  /**
   * Calls that read whatever they are answered.
   *
   * @param method such as {@code grpc.health.v1.Health/Watch}
   */
  public static Calls to(Whom whom, int connections, int each, String method, byte[] request) {
    return new Calls(whom, connections, each, method, request, Reading.ALL);
  }

  public static Calls to(Whom whom, int connections, int each, String method, MessageLite request) {
    return to(whom, connections, each, method, request.toByteArray());
  }

  public Calls thatReadNothing() {
    return new Calls(whom, connections, each, method.getFullMethodName(), request, Reading.NOTHING);
  }

  @Override
  public void commit(Target target, Told told, Deadline end) throws InterruptedException {
    List<ManagedChannel> channels = BadPeer.channels(whom.port(target), connections);
    while (!end.isOver()) {
      for (int i = 0; i < each && !end.isOver(); i++) {
        for (ManagedChannel channel : channels) {
          call(channel, told, end);
        }
      }
      while (open.get() > 0 && !end.isOver()) {
        Thread.sleep(PAUSE_MILLIS);
      }
    }
    told.add("not answered yet", unanswered.get());
    channels.forEach(ManagedChannel::shutdownNow);
  }

  private void call(ManagedChannel channel, Told told, Deadline end) {
    open.incrementAndGet();
    unanswered.incrementAndGet();
    ClientCall<byte[], byte[]> call = channel.newCall(method, CallOptions.DEFAULT);
    call.start(new Hearing(call, told, end), new Metadata());
    if (reading == Reading.ALL) {
      call.request(1);
    }
    call.sendMessage(request);
    // A watch of etcd ends with its caller's half.
    if (whom != Whom.ETCD) {
      call.halfClose();
    }
  }

  private final class Hearing extends ClientCall.Listener<byte[]> {
    private final ClientCall<byte[], byte[]> call;
    private final Told told;
    private final Deadline end;
    private boolean isServed;

    Hearing(ClientCall<byte[], byte[]> call, Told told, Deadline end) {
      this.call = call;
      this.told = told;
      this.end = end;
    }

    @Override
    public void onHeaders(Metadata headers) {
      isServed = true;
      unanswered.decrementAndGet();
      told.add("served");
    }

    @Override
    public void onMessage(byte[] message) {
      call.request(1);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      open.decrementAndGet();
      if (!isServed) {
        unanswered.decrementAndGet();
      }
      // Afterwards it is the peer itself that ends its calls.
      if (!end.isOver() && (!status.isOk() || !isServed)) {
        told.add(status);
      }
    }
  }
}
