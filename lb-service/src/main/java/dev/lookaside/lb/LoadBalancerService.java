package dev.lookaside.lb;

import dev.lookaside.lb.pick.PickHandler;
import dev.lookaside.lb.report.OutcomeReports;
import dev.lookaside.lb.report.StatsReports;
import dev.lookaside.lb.rpc.Peers;
import dev.lookaside.lb.rpc.Refusals;
import dev.lookaside.lb.subscribe.SubscribeHandler;
import dev.lookaside.v1.ClientStats;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.Outcome;
import dev.lookaside.v1.PickRequest;
import dev.lookaside.v1.PickResponse;
import dev.lookaside.v1.ReportSummary;
import dev.lookaside.v1.StatsSummary;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusException;
import io.grpc.stub.StreamObserver;

/** The wire side of {@code lookaside.v1.LoadBalancer}. */
public final class LoadBalancerService extends LoadBalancerGrpc.LoadBalancerImplBase {
  private final PickHandler picks;
  private final OutcomeReports outcomes;
  private final StatsReports stats;
  private final SubscribeHandler subscribe;

  public LoadBalancerService(
      PickHandler picks, OutcomeReports outcomes, StatsReports stats, SubscribeHandler subscribe) {
    this.picks = picks;
    this.outcomes = outcomes;
    this.stats = stats;
    this.subscribe = subscribe;
  }

  /**
   * The generated binding, but for Subscribe, whose answers are encoded once for all. Of those who
   * report it is asked who they are; nothing is in the way of a pick.
   */
  public ServerServiceDefinition definition() {
    var definition = ServerServiceDefinition.builder(LoadBalancerGrpc.SERVICE_NAME);
    for (ServerMethodDefinition<?, ?> method : bindService().getMethods()) {
      String name = method.getMethodDescriptor().getBareMethodName();
      switch (String.valueOf(name)) {
        case "Subscribe" -> definition.addMethod(subscribe.method());
        case "Report", "ReportStats" -> definition.addMethod(Peers.knownTo(method));
        default -> definition.addMethod(method);
      }
    }
    return definition.build();
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

  @Override
  public StreamObserver<ClientStats> reportStats(StreamObserver<StatsSummary> client) {
    return stats.open(client);
  }
}
