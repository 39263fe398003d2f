package dev.lookaside.lb;

import dev.lookaside.app.debug.DebugProperties;
import dev.lookaside.app.debug.DebugServices;
import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.lb.access.Sights;
import dev.lookaside.lb.config.LbProperties;
import dev.lookaside.lb.config.RegistryKind;
import dev.lookaside.lb.labels.EndpointLabels;
import dev.lookaside.lb.labels.Ranking;
import dev.lookaside.lb.load.EndpointChannels;
import dev.lookaside.lb.ops.EndpointMeters;
import dev.lookaside.lb.ops.EndpointsHealth;
import dev.lookaside.lb.ops.Heartbeat;
import dev.lookaside.lb.ops.LookasideEndpoint;
import dev.lookaside.lb.ops.LoopsHealth;
import dev.lookaside.lb.ops.Overload;
import dev.lookaside.lb.ops.ReadyLine;
import dev.lookaside.lb.ops.RegistryHealth;
import dev.lookaside.lb.ops.ScrapeTargets;
import dev.lookaside.lb.pick.Decisions;
import dev.lookaside.lb.registry.RegistryAge;
import dev.lookaside.lb.rpc.RpcLoops;
import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.registry.view.RegistrySource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import net.devh.boot.grpc.server.serverfactory.GrpcServerConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What operators see. */
@Configuration(proxyBeanMethods = false)
class OperatorConfiguration {
  private static final String RPC = "the gRPC server";
  private static final double NANOS_PER_SECOND = 1e9;

  private final Ticker ticker;
  private final LbProperties lb;

  OperatorConfiguration(Ticker ticker, LbProperties lb) {
    this.ticker = ticker;
    this.lb = lb;
  }

  @Bean
  EndpointLabels endpointLabels() {
    return new EndpointLabels(lb.metrics().maxEndpoints());
  }

  @Bean(initMethod = "start")
  Ranking endpointRanking(EndpointLabels labels) {
    return new Ranking(labels, ticker);
  }

  @Bean
  EndpointMeters endpointMeters(
      Balancer balancer, LoadTracker loads, MeterRegistry meters, EndpointLabels labels) {
    return new EndpointMeters(balancer, loads, ticker, meters, labels);
  }

  @Bean
  RegistryAge registryAge(RegistrySource source, MeterRegistry meters) {
    RegistryAge age = new RegistryAge(source::view, ticker);
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

  @Bean(initMethod = "start")
  Heartbeat heartbeat(RpcLoops rpc, EndpointChannels channels) {
    return new Heartbeat(Map.of(RPC, rpc.loops(), "the load streams", channels.loops()), ticker);
  }

  @Bean("overload")
  Overload overload(Heartbeat heartbeat, MeterRegistry meters) {
    Gauge.builder("lookaside.loops.delay", () -> heartbeat.delay(RPC).toNanos() / NANOS_PER_SECOND)
        .description("How late the latest event loop of the gRPC server is")
        .baseUnit("seconds")
        .register(meters);
    return new Overload(() -> heartbeat.delay(RPC));
  }

  @Bean("loops")
  LoopsHealth loopsHealth(Heartbeat heartbeat) {
    return new LoopsHealth(heartbeat);
  }

  @Bean("endpoints")
  EndpointsHealth endpointsHealth(Balancer balancer, Sights sights) {
    return new EndpointsHealth(balancer, sights);
  }

  @Bean
  LookasideEndpoint lookasideEndpoint(
      RegistryAge registry,
      Balancer balancer,
      LoadTracker loads,
      Decisions decisions,
      Sights sights) {
    return new LookasideEndpoint(registry, balancer, loads, decisions, sights, ticker);
  }

  @Bean
  ScrapeTargets scrapeTargets(Balancer balancer, Sights sights) {
    return new ScrapeTargets(balancer, sights);
  }

  @Bean
  ReadyLine readyLine(EtcdSettings settings, RegistrySource registry) {
    String kind = lb.registry().name().toLowerCase(Locale.ROOT);
    return new ReadyLine(
        lb.type(),
        lb.registry() == RegistryKind.KUBERNETES
            ? kind + ", " + registry.name()
            : kind + " at " + settings.endpoints() + " under " + settings.root());
  }

  @Bean
  DebugServices debugServices(DebugProperties wanted) {
    return new DebugServices(wanted);
  }

  @Bean
  GrpcServerConfigurer debugServer(DebugServices debug) {
    return debug::addTo;
  }
}
