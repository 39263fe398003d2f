package dev.lookaside.client.grpc.testing;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.v1.Endpoint;
import dev.lookaside.v1.EndpointHealth;
import dev.lookaside.v1.EndpointState;
import dev.lookaside.v1.ExecuteRequest;
import dev.lookaside.v1.ExecuteResponse;
import dev.lookaside.v1.TableEndpoint;
import dev.lookaside.v1.WorkerGrpc.WorkerImplBase;
import io.grpc.ServerCredentials;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A worker on the loopback that runs nothing, but answers as it is told. */
public final class FakeWorker extends WorkerImplBase implements AutoCloseable {
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  /** What a worker does with a call. */
  public enum Manner {
    ANSWERS,
    /** Leaves the call open until it is released. */
    HOLDS,
    REFUSES
  }

  public final AtomicInteger calls = new AtomicInteger();
  public volatile Manner manner = Manner.ANSWERS;
  private final Queue<StreamObserver<ExecuteResponse>> held = new ConcurrentLinkedQueue<>();
  private final int number = NUMBERS.incrementAndGet();
  private final String id;
  private final Loopback server;

  public FakeWorker(String id) {
    this(id, 0);
  }

  public FakeWorker(String id, int port) {
    this.id = id;
    this.server = new Loopback(this, port);
  }

  public FakeWorker(String id, ServerCredentials credentials) {
    this.id = id;
    this.server = new Loopback(this, 0, credentials);
  }

  public int port() {
    return server.port();
  }

  public String id() {
    return id;
  }

  public Address address() {
    return new Address("127.0.0.1", server.port());
  }

  /** As a balancer tells of it. */
  public TableEndpoint.Builder registered(String service) {
    return TableEndpoint.newBuilder()
        .setNumber(number)
        .setEndpoint(
            Endpoint.newBuilder()
                .setId(id)
                .setService(service)
                .setAddress(address().toString())
                .setIncarnation("run-" + number))
        .setWeight(1)
        .setCapacity(4)
        .setState(EndpointState.ENDPOINT_STATE_READY)
        .setHealth(EndpointHealth.ENDPOINT_HEALTH_HEALTHY);
  }

  public int number() {
    return number;
  }

  @Override
  public void execute(ExecuteRequest request, StreamObserver<ExecuteResponse> observer) {
    calls.incrementAndGet();
    switch (manner) {
      case ANSWERS -> answer(observer);
      case HOLDS -> {
        ((ServerCallStreamObserver<ExecuteResponse>) observer).setOnCancelHandler(() -> {});
        held.add(observer);
      }
      case REFUSES ->
          observer.onError(
              Status.UNAVAILABLE.withDescription("the worker is draining").asRuntimeException());
    }
  }

  /** Answers the calls that were held. */
  public void release() {
    for (var call = held.poll(); call != null; call = held.poll()) {
      answer(call);
    }
  }

  private void answer(StreamObserver<ExecuteResponse> observer) {
    observer.onNext(ExecuteResponse.newBuilder().setWorkerId(id).build());
    observer.onCompleted();
  }

  /** Dies at once, with all of its connections. */
  @Override
  public void close() {
    server.close();
  }
}
