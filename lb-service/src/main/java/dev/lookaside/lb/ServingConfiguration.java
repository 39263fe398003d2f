package dev.lookaside.lb;

import dev.lookaside.app.limits.HttpShares;
import dev.lookaside.app.limits.LimitProperties;
import dev.lookaside.app.metrics.GrpcServerLabels;
import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.policy.Policies;
import dev.lookaside.core.time.Chance;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.lb.admin.PolicyChoices;
import dev.lookaside.lb.config.LbProperties;
import dev.lookaside.lb.explain.Explainer;
import dev.lookaside.lb.explain.Explanations;
import dev.lookaside.lb.explain.Recent;
import dev.lookaside.lb.explain.Sampling;
import dev.lookaside.lb.labels.EndpointLabels;
import dev.lookaside.lb.lrs.LoadStats;
import dev.lookaside.lb.ops.Overload;
import dev.lookaside.lb.pick.Answers;
import dev.lookaside.lb.pick.Decisions;
import dev.lookaside.lb.pick.PickCalls;
import dev.lookaside.lb.pick.PickHandler;
import dev.lookaside.lb.pick.PickMeters;
import dev.lookaside.lb.pick.PickSpans;
import dev.lookaside.lb.proof.PickTokens;
import dev.lookaside.lb.push.Unsent;
import dev.lookaside.lb.record.Recorder;
import dev.lookaside.lb.registry.RegistryFeed;
import dev.lookaside.lb.registry.SelfRegistration;
import dev.lookaside.lb.report.Branches;
import dev.lookaside.lb.report.CallMeters;
import dev.lookaside.lb.report.OutcomeReports;
import dev.lookaside.lb.report.StatsReports;
import dev.lookaside.lb.rpc.Departure;
import dev.lookaside.lb.rpc.RpcHealth;
import dev.lookaside.lb.rpc.RpcLoops;
import dev.lookaside.lb.rpc.RpcServer;
import dev.lookaside.lb.shadow.Shadows;
import dev.lookaside.lb.subscribe.Announcement;
import dev.lookaside.lb.subscribe.SubscribeHandler;
import dev.lookaside.lb.subscribe.SubscriptionLimits;
import dev.lookaside.lb.subscribe.Subscriptions;
import dev.lookaside.lb.xds.Discovery;
import dev.lookaside.limits.LimitListener;
import dev.lookaside.limits.LimitLog;
import dev.lookaside.limits.LimitMeters;
import dev.lookaside.limits.PeerGuard;
import dev.lookaside.limits.ReadableMessages;
import dev.lookaside.tls.RefusedPeers;
import dev.lookaside.tracing.RpcTracing;
import io.grpc.BindableService;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.services.HealthStatusManager;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.grpc.MetricCollectingServerInterceptor;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import net.devh.boot.grpc.server.interceptor.GrpcGlobalServerInterceptor;
import net.devh.boot.grpc.server.service.GrpcService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** From the balancer to the clients, and back. */
@Configuration(proxyBeanMethods = false)
class ServingConfiguration {
  /** What is sent lies outside of the heap, which may be as large as the heap. */
  private static final int HEAP_PER_UNSENT = 8;

  private final Ticker ticker;
  private final LbProperties lb;

  ServingConfiguration(Ticker ticker, LbProperties lb) {
    this.ticker = ticker;
    this.lb = lb;
  }

  @Bean
  PickTokens pickTokens() {
    return new PickTokens(new SecureRandom(), ticker);
  }

  @Bean
  Answers answers(PickTokens tokens, MeterRegistry meters, EndpointLabels labels) {
    Answers answers = new Answers(tokens, meters, labels);
    labels.rankBy(answers::picks);
    return answers;
  }

  @Bean
  Decisions decisions() {
    return new Decisions(lb.decisions().remembered());
  }

  @Bean
  Explainer explainer(LoadTracker loads) {
    return new Explainer(loads, ticker, InstantSource.system());
  }

  @Bean
  Explanations explanations(Explainer explainer) {
    return new Explanations(
        explainer,
        new Sampling(lb.decisions().sample(), Chance.system(), ticker),
        new Recent(lb.decisions().remembered()));
  }

  @Bean(initMethod = "start")
  Shadows shadows(Balancer balancer, Policies policies, MeterRegistry meters) {
    return new Shadows(lb.shadow(), balancer, policies, ticker, meters);
  }

  @Bean
  Branches branches(MeterRegistry meters) {
    return new Branches(meters);
  }

  @Bean
  PickHandler pickHandler(
      Balancer balancer,
      RegistryFeed feed,
      Answers answers,
      Decisions decisions,
      Explanations explanations,
      Shadows shadows,
      MeterRegistry meters) {
    return new PickHandler(
        balancer,
        feed::everSynced,
        answers,
        decisions,
        explanations,
        shadows,
        new PickMeters(meters),
        ticker,
        InstantSource.system());
  }

  @Bean(initMethod = "start")
  Subscriptions subscriptions(
      LoadTracker loads, PolicyChoices choices, LimitProperties limits, MeterRegistry meters) {
    return new Subscriptions(
        new SubscriptionLimits(
            lb.subscribers().max(),
            lb.subscribers().maxPerConnection(),
            lb.load().interval(),
            lb.load().expiration()),
        new Announcement(choices::of, lb::trafficOf),
        loads,
        new Unsent(Runtime.getRuntime().maxMemory() / HEAP_PER_UNSENT, limits.patience()),
        ticker,
        meters);
  }

  @Bean
  CallMeters callMeters(MeterRegistry meters) {
    return new CallMeters(meters);
  }

  @Bean
  RpcLoops rpcLoops() {
    return new RpcLoops();
  }

  @Bean
  LimitListener limitListener(MeterRegistry meters) {
    return new LimitLog(ticker).and(new LimitMeters(meters));
  }

  @Bean
  HttpShares httpShares(ObjectProvider<LimitListener> listener) {
    return new HttpShares((limit, peer, reason) -> listener.getObject().hit(limit, peer, reason));
  }

  @Bean
  PeerGuard peerGuard(
      LimitProperties limits,
      LimitListener listener,
      Optional<RefusedPeers> refused,
      MeterRegistry meters) {
    PeerGuard guard =
        new PeerGuard(
            limits.forHeap(Runtime.getRuntime().maxMemory()),
            ticker,
            listener,
            (peer, failure) ->
                refused.ifPresent(log -> log.handshakeFailed(peer.toString(), failure)));
    LimitMeters.show(guard, meters);
    return guard;
  }

  @Bean
  RpcServer rpcServer(
      PickHandler picks,
      PickTokens tokens,
      Balancer balancer,
      LoadTracker loads,
      Subscriptions subscriptions,
      RegistryFeed feed,
      RpcLoops loops,
      PeerGuard guard,
      Overload overload,
      Branches branches,
      CallMeters calls,
      Optional<RpcTracing> tracing,
      Recorder recorder,
      MeterRegistry meters) {
    LoadBalancerService service =
        new LoadBalancerService(
            new PickCalls(picks),
            new OutcomeReports(balancer, tokens, branches, calls, recorder, ticker, meters),
            new StatsReports(balancer, loads, calls, recorder, ticker, meters),
            new SubscribeHandler(subscriptions, feed::everSynced, overload::complaint));
    return new RpcServer(
        PickSpans.in(service.definition(), tracing.orElseGet(RpcTracing::off)), loops, guard);
  }

  @Bean
  @GrpcService
  @ConditionalOnBooleanProperty(name = "lb.lrs.enabled", matchIfMissing = true)
  BindableService loadStats(
      Balancer balancer, LoadTracker loads, CallMeters calls, MeterRegistry meters) {
    return new LoadStats(lb.lrs(), balancer, loads, calls, ticker, meters)::definition;
  }

  @Bean
  HealthStatusManager healthStatusManager() {
    return new HealthStatusManager();
  }

  @Bean
  @GrpcService
  BindableService healthService(HealthStatusManager health) {
    return () -> ReadableMessages.of(health.getHealthService().bindService());
  }

  @Bean
  RpcHealth rpcHealth(HealthStatusManager manager) {
    return new RpcHealth(manager);
  }

  /** The series {@code grpc_server_*}; LoadBalancer is not among them, see {@link RpcServer}. */
  @Bean
  @GrpcGlobalServerInterceptor
  MetricCollectingServerInterceptor rpcMeters(MeterRegistry meters) {
    var interceptor = new MetricCollectingServerInterceptor(meters);
    interceptor.preregisterService(HealthGrpc.getServiceDescriptor());
    return interceptor;
  }

  /** A filter counts for meters that are made after it, so it stands beside what makes them. */
  @Bean
  static GrpcServerLabels grpcServerLabels() {
    return new GrpcServerLabels();
  }

  @Bean
  Departure departure(
      Optional<SelfRegistration> registration,
      Subscriptions subscriptions,
      Optional<Discovery> discovery) {
    return new Departure(() -> {
      // First the others' clients learn that it goes, then its own.
      registration.ifPresent(SelfRegistration::close);
      subscriptions.close();
      discovery.ifPresent(Discovery::close);
    });
  }
}
