package dev.lookaside.lb;

import dev.lookaside.lb.pick.PickCalls;
import dev.lookaside.lb.report.OutcomeReports;
import dev.lookaside.lb.report.StatsReports;
import dev.lookaside.lb.rpc.Peers;
import dev.lookaside.lb.subscribe.SubscribeHandler;
import dev.lookaside.limits.ReadableMessages;
import dev.lookaside.v1.ClientStats;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.Outcome;
import dev.lookaside.v1.ReportSummary;
import dev.lookaside.v1.StatsSummary;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;

/** The wire side of {@code lookaside.v1.LoadBalancer}. */
public final class LoadBalancerService extends LoadBalancerGrpc.LoadBalancerImplBase {
  private final PickCalls picks;
  private final OutcomeReports outcomes;
  private final StatsReports stats;
  private final SubscribeHandler subscribe;

  public LoadBalancerService(
      PickCalls picks, OutcomeReports outcomes, StatsReports stats, SubscribeHandler subscribe) {
    this.picks = picks;
    this.outcomes = outcomes;
    this.stats = stats;
    this.subscribe = subscribe;
  }

  /** All methods; a pick refuses by itself what it cannot read. */
  public ServerServiceDefinition definition() {
    var definition = ServerServiceDefinition.builder(LoadBalancerGrpc.SERVICE_NAME);
    ReadableMessages.of(allButPicks()).getMethods().forEach(definition::addMethod);
    return definition.addMethod(picks.method()).build();
  }

  /**
   * The generated binding for those who report; who they are is asked first. A subscription has a
   * binding of its own.
   */
  private ServerServiceDefinition allButPicks() {
    var definition = ServerServiceDefinition.builder(LoadBalancerGrpc.SERVICE_NAME);
    for (ServerMethodDefinition<?, ?> method : bindService().getMethods()) {
      switch (String.valueOf(method.getMethodDescriptor().getBareMethodName())) {
        case "Pick" -> {}
        case "Subscribe" -> definition.addMethod(subscribe.method());
        case "Report", "ReportStats" -> definition.addMethod(Peers.knownTo(method));
        default -> definition.addMethod(method);
      }
    }
    return definition.build();
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
