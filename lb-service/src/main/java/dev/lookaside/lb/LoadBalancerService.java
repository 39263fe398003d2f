package dev.lookaside.lb;

import dev.lookaside.lb.pick.PickCalls;
import dev.lookaside.lb.report.OutcomeReports;
import dev.lookaside.lb.report.StatsReports;
import dev.lookaside.lb.rpc.Peers;
import dev.lookaside.lb.subscribe.SubscribeHandler;
import dev.lookaside.limits.Described;
import dev.lookaside.limits.ReadableMessages;
import dev.lookaside.v1.ClientStats;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.Outcome;
import dev.lookaside.v1.ReportSummary;
import dev.lookaside.v1.StatsSummary;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;

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

  /**
   * The generated binding for those who report; who they are is asked first. A pick and a
   * subscription have bindings of their own; a pick refuses by itself what it cannot read.
   */
  public ServerServiceDefinition definition() {
    List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();
    for (ServerMethodDefinition<?, ?> method : bindService().getMethods()) {
      methods.add(
          switch (String.valueOf(method.getMethodDescriptor().getBareMethodName())) {
            case "Pick" -> picks.method();
            case "Subscribe" -> ReadableMessages.of(subscribe.method());
            case "Report", "ReportStats" -> ReadableMessages.of(Peers.knownTo(method));
            default -> ReadableMessages.of(method);
          });
    }
    return Described.service(LoadBalancerGrpc.getServiceDescriptor(), methods);
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
