package dev.lookaside.lb;

import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.balancer.SnapshotListener;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.policy.Policies;
import dev.lookaside.core.time.Chance;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.etcd.embedded.EmbeddedEtcd;
import dev.lookaside.etcd.starter.EtcdProperties;
import dev.lookaside.lb.config.LbProperties;
import dev.lookaside.lb.config.LoadSettings;
import dev.lookaside.lb.load.EndpointChannels;
import dev.lookaside.lb.load.LoadFeed;
import dev.lookaside.lb.load.LoadStreams;
import dev.lookaside.lb.ops.EndpointMeters;
import dev.lookaside.lb.ops.EndpointsHealth;
import dev.lookaside.lb.ops.LookasideEndpoint;
import dev.lookaside.lb.ops.ReadyLine;
import dev.lookaside.lb.ops.RegistryHealth;
import dev.lookaside.lb.ops.ScrapeTargets;
import dev.lookaside.lb.pick.Answers;
import dev.lookaside.lb.pick.Decisions;
import dev.lookaside.lb.pick.PickHandler;
import dev.lookaside.lb.pick.PickMeters;
import dev.lookaside.lb.registry.Balancers;
import dev.lookaside.lb.registry.HealthProbe;
import dev.lookaside.lb.registry.RegistryAge;
import dev.lookaside.lb.registry.RegistryFeed;
import dev.lookaside.lb.registry.RegistryStates;
import dev.lookaside.lb.registry.SelfRegistration;
import dev.lookaside.lb.report.CallMeters;
import dev.lookaside.lb.report.OutcomeReports;
import dev.lookaside.lb.report.StatsReports;
import dev.lookaside.lb.rpc.Departure;
import dev.lookaside.lb.rpc.RpcHealth;
import dev.lookaside.lb.rpc.RpcServer;
import dev.lookaside.lb.subscribe.Announcement;
import dev.lookaside.lb.subscribe.SubscribeHandler;
import dev.lookaside.lb.subscribe.SubscriptionLimits;
import dev.lookaside.lb.subscribe.Subscriptions;
import dev.lookaside.lb.traffic.Ejections;
import dev.lookaside.lb.traffic.Sweeper;
import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.registry.watch.RegistryWatch;
import dev.lookaside.registry.watch.RegistryWatchSettings;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.services.HealthStatusManager;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.grpc.MetricCollectingServerInterceptor;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.devh.boot.grpc.server.interceptor.GrpcGlobalServerInterceptor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The whole line, wired in the order in which data goes:
 *
 * <pre>
 * etcd -> RegistryWatch -> RegistryFeed -> Balancer -> PickHandler -> client
 *                               |            ^
 *                               v            |   <- OutcomeReports <- client
 *                          LoadStreams -> LoadFeed -> LoadTracker
 * </pre>
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LbProperties.class)
class LbConfiguration {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Ticker ticker = Ticker.system();
  private final LbProperties lb;
  private final EtcdProperties etcd;

  LbConfiguration(LbProperties lb, EtcdProperties etcd) {
    this.lb = lb;
    this.etcd = etcd;
  }

  // From etcd into the balancer.

  /** Starts with the application, before anything that connects to it. */
  @Bean(initMethod = "start")
  @ConditionalOnProperty(name = "lb.registry", havingValue = "embedded")
  EmbeddedEtcd embeddedEtcd() {
    return EmbeddedEtcd.builder()
        .address(lb.embedded().address())
        .port(lb.embedded().port())
        .build();
  }

  @Bean
  EtcdSettings etcdSettings(Optional<EmbeddedEtcd> embedded) {
    return embedded.map(own -> etcd.settingsFor(own.clientUri())).orElseGet(etcd::settings);
  }

  @Bean
  RegistryWatch registryWatch(
      EtcdSettings settings,
      EndpointChannels channels,
      RegistryFeed feed,
      Subscriptions subscriptions) {
    RegistryWatch watch =
        new RegistryWatch(
            settings,
            RegistryWatchSettings.defaults(),
            new HealthProbe(channels::open),
            etcd.addressRules(),
            ticker,
            feed);
    subscriptions.follow(new RegistryStates(settings.root(), watch::view));
    watch.start();
    return watch;
  }

  @Bean
  RegistryFeed registryFeed(
      LoadTracker loads,
      Balancer balancer,
      LoadStreams streams,
      Answers answers,
      EndpointMeters endpointMeters,
      CallMeters callMeters,
      Balancers balancers,
      RpcHealth health,
      MeterRegistry meters) {
    return new RegistryFeed(
        List.of(
            loads::update,
            balancer::update,
            streams::update,
            answers::retain,
            endpointMeters::update,
            callMeters::retain),
        balancers::update,
        health::serving,
        meters);
  }

  @Bean
  Balancer balancer(
      LoadTracker loads, Subscriptions subscriptions, Sweeper sweeper, MeterRegistry meters) {
    Policies policies = new Policies(ticker, Chance.system());
    Balancer balancer =
        new Balancer(
            service -> policies.create(lb.typeOf(service)),
            lb::trafficOf,
            loads,
            ticker,
            SnapshotListener.all(List.of(new Ejections(loads, meters), subscriptions)),
            sweeper);
    sweeper.start(balancer::sweep);
    return balancer;
  }

  @Bean
  Sweeper sweeper() {
    return new Sweeper(ticker);
  }

  // From the endpoints' load into the balancer.

  @Bean
  EndpointChannels endpointChannels() {
    return new EndpointChannels();
  }

  @Bean
  LoadTracker loadTracker() {
    return new LoadTracker(lb.load().expiration());
  }

  @Bean
  LoadStreams loadStreams(
      EndpointChannels channels, LoadTracker loads, Balancer balancer, MeterRegistry meters) {
    LoadSettings load = lb.load();
    return new LoadStreams(
        channels,
        new LoadStreams.Timing(load.interval(), load.silence()),
        ticker,
        Chance.system(),
        new LoadFeed(loads, balancer, meters));
  }

  // From the balancer to the clients, and back.

  @Bean
  Answers answers(MeterRegistry meters) {
    return new Answers(meters);
  }

  @Bean
  Decisions decisions() {
    return new Decisions(lb.decisions().remembered());
  }

  @Bean
  PickHandler pickHandler(
      Balancer balancer,
      RegistryFeed feed,
      Answers answers,
      Decisions decisions,
      MeterRegistry meters) {
    return new PickHandler(
        balancer,
        feed::everSynced,
        answers,
        decisions,
        new PickMeters(meters),
        ticker,
        InstantSource.system());
  }

  @Bean(initMethod = "start")
  Subscriptions subscriptions(LoadTracker loads, MeterRegistry meters) {
    return new Subscriptions(
        new SubscriptionLimits(
            lb.subscribers().max(),
            lb.subscribers().maxPerConnection(),
            lb.load().interval(),
            lb.load().expiration()),
        new Announcement(lb::typeOf, lb::trafficOf),
        loads,
        ticker,
        meters);
  }

  @Bean
  Balancers balancers(Subscriptions subscriptions) {
    return new Balancers(subscriptions::balancers);
  }

  @Bean
  SelfRegistration selfRegistration(EtcdSettings settings, Balancers balancers) {
    return new SelfRegistration(settings, lb::idAt, lb::advertisedAt, balancers);
  }

  @Bean
  Departure departure(SelfRegistration registration, Subscriptions subscriptions) {
    return new Departure(() -> {
      // First the others' clients learn that it goes, then its own.
      registration.close();
      subscriptions.close();
    });
  }

  @Bean
  CallMeters callMeters(MeterRegistry meters) {
    return new CallMeters(meters);
  }

  @Bean
  RpcServer rpcServer(
      PickHandler picks,
      Balancer balancer,
      LoadTracker loads,
      Subscriptions subscriptions,
      RegistryFeed feed,
      CallMeters calls,
      MeterRegistry meters) {
    return new RpcServer(
        new LoadBalancerService(
                picks,
                new OutcomeReports(balancer, calls, meters),
                new StatsReports(balancer, loads, calls, meters),
                new SubscribeHandler(subscriptions, feed::everSynced))
            .definition());
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

  // What operators see.

  @Bean
  EndpointMeters endpointMeters(Balancer balancer, LoadTracker loads, MeterRegistry meters) {
    return new EndpointMeters(balancer, loads, ticker, meters);
  }

  @Bean
  RegistryAge registryAge(RegistryWatch watch, MeterRegistry meters) {
    RegistryAge age = new RegistryAge(watch::view, ticker);
    Gauge.builder(
            "lookaside.registry.age",
            () -> age.age().map(a -> a.toNanos() / NANOS_PER_SECOND).orElse(Double.NaN))
        .description("Time since the registry last confirmed the tables; NaN before the first time")
        .baseUnit("seconds")
        .register(meters);
    return age;
  }

  @Bean("registry")
  RegistryHealth registryHealth(RegistryAge registry) {
    return new RegistryHealth(registry);
  }

  @Bean("endpoints")
  EndpointsHealth endpointsHealth(Balancer balancer) {
    return new EndpointsHealth(balancer);
  }

  @Bean
  LookasideEndpoint lookasideEndpoint(
      RegistryAge registry, Balancer balancer, LoadTracker loads, Decisions decisions) {
    return new LookasideEndpoint(registry, balancer, loads, decisions, ticker);
  }

  @Bean
  ScrapeTargets scrapeTargets(Balancer balancer) {
    return new ScrapeTargets(balancer);
  }

  @Bean
  ReadyLine readyLine(EtcdSettings settings) {
    String kind = lb.registry().name().toLowerCase(Locale.ROOT);
    return new ReadyLine(
        lb.type(), kind + " at " + settings.endpoints() + " under " + settings.root());
  }
}
