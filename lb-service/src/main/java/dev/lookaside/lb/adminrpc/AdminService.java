package dev.lookaside.lb.adminrpc;

import dev.lookaside.lb.access.Sight;
import dev.lookaside.lb.access.Sights;
import dev.lookaside.lb.admin.Applied;
import dev.lookaside.lb.admin.Control;
import dev.lookaside.lb.admin.Diagnosis;
import dev.lookaside.lb.admin.Fleet;
import dev.lookaside.lb.admin.FleetStatus;
import dev.lookaside.lb.admin.Questions;
import dev.lookaside.security.identity.Caller;
import dev.lookaside.v1.AdminGrpc;
import dev.lookaside.v1.ChangeEndpointsRequest;
import dev.lookaside.v1.ChangeResponse;
import dev.lookaside.v1.ExplainRequest;
import dev.lookaside.v1.ExplainResponse;
import dev.lookaside.v1.ListDecisionsRequest;
import dev.lookaside.v1.ListDecisionsResponse;
import dev.lookaside.v1.ListEndpointsRequest;
import dev.lookaside.v1.ListEndpointsResponse;
import dev.lookaside.v1.RecordRequest;
import dev.lookaside.v1.RecordResponse;
import dev.lookaside.v1.ResetPolicyRequest;
import dev.lookaside.v1.SetPolicyRequest;
import dev.lookaside.v1.SetWeightRequest;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Asks and tells operators by gRPC. */
public final class AdminService extends AdminGrpc.AdminImplBase implements AutoCloseable {
  private final Fleet fleet;
  private final Control control;
  private final Questions questions;
  private final Diagnosis diagnosis;
  private final RecordStreams recordings;
  private final Sights sights;
  private final Elsewhere elsewhere = new Elsewhere();

  public AdminService(
      Fleet fleet,
      Control control,
      Questions questions,
      Diagnosis diagnosis,
      RecordStreams recordings,
      Sights sights) {
    this.fleet = fleet;
    this.control = control;
    this.questions = questions;
    this.diagnosis = diagnosis;
    this.recordings = recordings;
    this.sights = sights;
  }

  @Override
  public void listEndpoints(
      ListEndpointsRequest request, StreamObserver<ListEndpointsResponse> client) {
    Sight sight = sights.of(Caller.current());
    elsewhere.answer(
        client,
        () ->
            list(
                request.getService().isEmpty()
                    ? fleet.status(sight::covers)
                    : fleet.statusOf(request.getService()),
                sight,
                request));
  }

  private ListEndpointsResponse list(
      FleetStatus status, Sight sight, ListEndpointsRequest request) {
    ListEndpointsResponse.Builder response = StatusCodec.write(status);
    if (request.getWithDiagnosis()) {
      DiagnosisCodec.write(diagnosis, sight, response);
    }
    return response.build();
  }

  @Override
  public void explain(ExplainRequest request, StreamObserver<ExplainResponse> client) {
    elsewhere.answer(
        client,
        () ->
            ExplainResponse.newBuilder()
                .setExplanation(
                    ExplanationCodec.write(
                        questions.explain(
                            request.getService(),
                            request.getExcludedEndpointIdsList(),
                            request.getAffinityKey(),
                            request.hasSeed()
                                ? OptionalLong.of(request.getSeed())
                                : OptionalLong.empty())))
                .build());
  }

  @Override
  public void listDecisions(
      ListDecisionsRequest request, StreamObserver<ListDecisionsResponse> client) {
    Sight sight = sights.of(Caller.current());
    Predicate<String> wanted =
        request.getService().isEmpty() ? sight::covers : request.getService()::equals;
    elsewhere.answer(
        client,
        () ->
            ListDecisionsResponse.newBuilder()
                .addAllDecisions(
                    questions.decisions(wanted, request.getLimit()).stream()
                        .map(ExplanationCodec::write)
                        .toList())
                .setSample(questions.sample())
                .build());
  }

  @Override
  public void record(RecordRequest request, StreamObserver<RecordResponse> client) {
    recordings.open(request, (ServerCallStreamObserver<RecordResponse>) client);
  }

  @Override
  public void drain(ChangeEndpointsRequest request, StreamObserver<ChangeResponse> client) {
    make(request, client, control::drain);
  }

  @Override
  public void undrain(ChangeEndpointsRequest request, StreamObserver<ChangeResponse> client) {
    make(request, client, control::undrain);
  }

  @Override
  public void setWeight(SetWeightRequest request, StreamObserver<ChangeResponse> client) {
    answer(
        client,
        control.setWeight(
            request.getService(),
            request.getEndpointIdsList(),
            request.getWeight(),
            Notes.read(request.getNote())));
  }

  @Override
  public void resetWeight(ChangeEndpointsRequest request, StreamObserver<ChangeResponse> client) {
    make(request, client, control::resetWeight);
  }

  @Override
  public void liftEjection(ChangeEndpointsRequest request, StreamObserver<ChangeResponse> client) {
    make(request, client, control::liftEjection);
  }

  @Override
  public void setPolicy(SetPolicyRequest request, StreamObserver<ChangeResponse> client) {
    answer(
        client,
        control.setPolicy(
            request.getService(), request.getPolicy(), Notes.read(request.getNote())));
  }

  @Override
  public void resetPolicy(ResetPolicyRequest request, StreamObserver<ChangeResponse> client) {
    answer(client, control.resetPolicy(request.getService(), Notes.read(request.getNote())));
  }

  private static void make(
      ChangeEndpointsRequest request,
      StreamObserver<ChangeResponse> client,
      Control.OfEndpoints what) {
    answer(
        client,
        what.make(
            request.getService(), request.getEndpointIdsList(), Notes.read(request.getNote())));
  }

  private static void answer(
      StreamObserver<ChangeResponse> client, CompletableFuture<Applied> change) {
    var unused =
        change.whenComplete((applied, failure) -> {
          if (failure != null) {
            client.onError(Statuses.of(failure));
            return;
          }
          client.onNext(
              ChangeResponse.newBuilder()
                  .setControlRevision(applied.revision())
                  .setChanged(applied.changed())
                  .build());
          client.onCompleted();
        });
  }

  @Override
  public void close() {
    elsewhere.close();
  }
}
