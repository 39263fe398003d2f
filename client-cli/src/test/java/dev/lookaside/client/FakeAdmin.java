package dev.lookaside.client;

import com.google.protobuf.Message;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.v1.AdminGrpc.AdminImplBase;
import dev.lookaside.v1.ChangeEndpointsRequest;
import dev.lookaside.v1.ChangeResponse;
import dev.lookaside.v1.ExplainRequest;
import dev.lookaside.v1.ExplainResponse;
import dev.lookaside.v1.Explanation;
import dev.lookaside.v1.ListEndpointsRequest;
import dev.lookaside.v1.ListEndpointsResponse;
import dev.lookaside.v1.RecordRequest;
import dev.lookaside.v1.RecordResponse;
import dev.lookaside.v1.ResetPolicyRequest;
import dev.lookaside.v1.SetPolicyRequest;
import dev.lookaside.v1.SetWeightRequest;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A balancer's Admin on the loopback, which says what it is told to and remembers the changes. */
public final class FakeAdmin extends AdminImplBase implements AutoCloseable {
  public final List<Message> changes = new CopyOnWriteArrayList<>();
  public volatile Optional<Status> refusal = Optional.empty();
  public volatile Explanation explanation = Explanation.getDefaultInstance();
  public volatile List<RecordResponse> recording = List.of();
  private final Queue<ListEndpointsResponse> answers = new ArrayDeque<>();
  private final Server server = Loopback.start(this, 0);

  /** Answers lists with these in turn, and then always with the last. */
  public FakeAdmin(ListEndpointsResponse... lists) {
    answers.addAll(List.of(lists));
  }

  public Address address() {
    return new Address("127.0.0.1", server.getPort());
  }

  @Override
  public void listEndpoints(
      ListEndpointsRequest request, StreamObserver<ListEndpointsResponse> client) {
    ListEndpointsResponse next;
    synchronized (answers) {
      next = answers.size() > 1 ? answers.remove() : answers.element();
    }
    client.onNext(next);
    client.onCompleted();
  }

  @Override
  public void explain(ExplainRequest request, StreamObserver<ExplainResponse> client) {
    client.onNext(ExplainResponse.newBuilder().setExplanation(explanation).build());
    client.onCompleted();
  }

  /** Sends what there is to record, and then ends as it is told to. */
  @Override
  public void record(RecordRequest request, StreamObserver<RecordResponse> client) {
    changes.add(request);
    recording.forEach(client::onNext);
    refusal.ifPresentOrElse(status -> client.onError(status.asException()), client::onCompleted);
  }

  @Override
  public void drain(ChangeEndpointsRequest request, StreamObserver<ChangeResponse> client) {
    change(request, client);
  }

  @Override
  public void undrain(ChangeEndpointsRequest request, StreamObserver<ChangeResponse> client) {
    change(request, client);
  }

  @Override
  public void setWeight(SetWeightRequest request, StreamObserver<ChangeResponse> client) {
    change(request, client);
  }

  @Override
  public void setPolicy(SetPolicyRequest request, StreamObserver<ChangeResponse> client) {
    change(request, client);
  }

  @Override
  public void resetPolicy(ResetPolicyRequest request, StreamObserver<ChangeResponse> client) {
    change(request, client);
  }

  private void change(Message request, StreamObserver<ChangeResponse> client) {
    if (refusal.isPresent()) {
      client.onError(refusal.get().asException());
      return;
    }
    changes.add(request);
    client.onNext(ChangeResponse.newBuilder().setControlRevision(7).setChanged(true).build());
    client.onCompleted();
  }

  @Override
  public void close() {
    Loopback.stop(server);
  }
}
