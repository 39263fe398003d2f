package dev.lookaside.client.e2e;

import io.grpc.Attributes;
import io.grpc.ClientStreamTracer;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.Status;
import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One call, how it ended, and each attempt that really went to a worker. */
final class SubscribedCall extends ClientStreamTracer.Factory {

  /** An attempt that left for the worker at this port. */
  record Attempt(int port, long atNanos) {}

  private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Status> ended = new CompletableFuture<>();

  @Override
  public ClientStreamTracer newClientStreamTracer(
      ClientStreamTracer.StreamInfo info, Metadata headers) {
    return new ClientStreamTracer() {
      @Override
      public void streamCreated(Attributes transport, Metadata sent) {
        var worker = (InetSocketAddress) transport.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        if (worker != null) {
          attempts.add(new Attempt(worker.getPort(), System.nanoTime()));
        }
      }
    };
  }

  void end(Status status) {
    ended.complete(status);
  }

  Status result() {
    return ended.join();
  }

  Queue<Attempt> attempts() {
    return attempts;
  }
}
