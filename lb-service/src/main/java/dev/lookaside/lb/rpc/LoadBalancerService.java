package dev.lookaside.lb.rpc;

import dev.lookaside.lb.pick.PickHandler;
import dev.lookaside.lb.pick.Refusals;
import dev.lookaside.lb.report.OutcomeReports;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.Outcome;
import dev.lookaside.v1.PickRequest;
import dev.lookaside.v1.PickResponse;
import dev.lookaside.v1.ReportSummary;
import io.grpc.StatusException;
import io.grpc.stub.StreamObserver;

/** The wire side of {@code lookaside.v1.LoadBalancer}. */
public final class LoadBalancerService extends LoadBalancerGrpc.LoadBalancerImplBase {
  private final PickHandler picks;
  private final OutcomeReports outcomes;

  public LoadBalancerService(PickHandler picks, OutcomeReports outcomes) {
    this.picks = picks;
    this.outcomes = outcomes;
  }

  @Override
  public void pick(PickRequest request, StreamObserver<PickResponse> client) {
    PickResponse response;
    try {
      response = picks.pick(request);
    } catch (StatusException e) {
      client.onError(e);
      return;
    } catch (RuntimeException e) {
      client.onError(Refusals.internal(e));
      return;
    }
    client.onNext(response);
    client.onCompleted();
  }

  @Override
  public StreamObserver<Outcome> report(StreamObserver<ReportSummary> client) {
    return outcomes.open(client);
  }
}
