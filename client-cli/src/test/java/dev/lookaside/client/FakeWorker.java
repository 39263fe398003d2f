package dev.lookaside.client;

import com.google.protobuf.Duration;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.v1.ExecuteRequest;
import dev.lookaside.v1.ExecuteResponse;
import dev.lookaside.v1.WorkerGrpc.WorkerImplBase;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A worker on the loopback that runs nothing, but answers as it is told. */
public final class FakeWorker extends WorkerImplBase implements AutoCloseable {
  private static final Duration RAN = Duration.newBuilder().setNanos(250_000_000).build();
  private static final AtomicInteger INCARNATIONS = new AtomicInteger();

  public final List<ExecuteRequest> requests = new CopyOnWriteArrayList<>();
  public final AtomicInteger cancelled = new AtomicInteger();
  private final String id;
  private final Optional<Status> answer;
  private final int port;
  private final String incarnation;
  private final Server server;

  private FakeWorker(String id, Optional<Status> answer) {
    this(id, answer, 0, "run-" + INCARNATIONS.incrementAndGet());
  }

  private FakeWorker(String id, Optional<Status> answer, int port, String incarnation) {
    this.id = id;
    this.incarnation = incarnation;
    this.answer = answer;
    this.server = Loopback.start(this, port);
    this.port = server.getPort();
  }

  public static FakeWorker done(String id) {
    return new FakeWorker(id, Optional.of(Status.OK));
  }

  /** The same process at the same address, as after a network that was cut. */
  public static FakeWorker back(FakeWorker gone) {
    return new FakeWorker(gone.id, Optional.of(Status.OK), gone.port, gone.incarnation);
  }

  public static FakeWorker failing(String id, Status status) {
    return new FakeWorker(id, Optional.of(status));
  }

  public static FakeWorker hanging(String id) {
    return new FakeWorker(id, Optional.empty());
  }

  /** Nobody listens at its address any more. */
  public static FakeWorker dead(String id) {
    FakeWorker worker = done(id);
    worker.close();
    return worker;
  }

  public String id() {
    return id;
  }

  public String incarnation() {
    return incarnation;
  }

  public Address address() {
    return new Address("127.0.0.1", port);
  }

  @Override
  public void execute(ExecuteRequest request, StreamObserver<ExecuteResponse> observer) {
    requests.add(request);
    ((ServerCallStreamObserver<ExecuteResponse>) observer)
        .setOnCancelHandler(cancelled::incrementAndGet);
    answer.ifPresent(status -> {
      if (status.isOk()) {
        observer.onNext(
            ExecuteResponse.newBuilder()
                .setWorkerId(id)
                .setResult("did " + request.getTask())
                .setDuration(RAN)
                .build());
        observer.onCompleted();
      } else {
        observer.onError(status.asRuntimeException());
      }
    });
  }

  @Override
  public void close() {
    Loopback.stop(server);
  }
}
