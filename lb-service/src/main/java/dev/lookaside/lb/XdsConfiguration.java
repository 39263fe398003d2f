package dev.lookaside.lb;

import dev.lookaside.app.limits.LimitProperties;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.etcd.starter.EtcdProperties;
import dev.lookaside.lb.access.Sights;
import dev.lookaside.lb.config.LbProperties;
import dev.lookaside.lb.config.XdsSettings;
import dev.lookaside.lb.csds.ClientStatus;
import dev.lookaside.lb.names.HostLimits;
import dev.lookaside.lb.names.HostTable;
import dev.lookaside.lb.ops.Overload;
import dev.lookaside.lb.push.Unsent;
import dev.lookaside.lb.registry.RegistryFeed;
import dev.lookaside.lb.xds.AdsHandler;
import dev.lookaside.lb.xds.AdsLimits;
import dev.lookaside.lb.xds.Discovery;
import dev.lookaside.lb.xds.EndpointWeights;
import dev.lookaside.lb.xds.LevelledWeights;
import dev.lookaside.lb.xds.MeasuredWeights;
import dev.lookaside.lb.xds.ServiceTerms;
import dev.lookaside.registry.address.AddressRules;
import dev.lookaside.security.rights.Judge;
import dev.lookaside.wire.dial.HostLookup;
import io.grpc.BindableService;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.UUID;
import net.devh.boot.grpc.server.service.GrpcService;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** From the balancer to clients that speak xDS. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "lb.xds.enabled", matchIfMissing = true)
class XdsConfiguration {
  /** Half of what subscribers may leave unread. */
  private static final int HEAP_PER_UNSENT = 16;

  private final Ticker ticker;
  private final LbProperties lb;

  XdsConfiguration(Ticker ticker, LbProperties lb) {
    this.ticker = ticker;
    this.lb = lb;
  }

  @Bean
  EndpointWeights endpointWeights(LoadTracker loads) {
    return new LevelledWeights(
        new MeasuredWeights(loads, ticker), loads, lb.xds().weightInterval(), ticker);
  }

  @Bean
  Discovery discovery(
      EndpointWeights weights,
      LoadTracker loads,
      EtcdProperties etcd,
      LimitProperties limits,
      MeterRegistry meters) {
    XdsSettings xds = lb.xds();
    AddressRules rules = etcd.addressRules();
    HostLimits names = HostLimits.of(xds.hostTtl(), xds.weightInterval());
    return Discovery.of(
        new AdsLimits(
            xds.maxStreams(),
            xds.maxStreamsPerConnection(),
            xds.maxNames(),
            xds.weightInterval(),
            xds.weightThreshold()),
        weights,
        service -> lb.trafficOf(service).zone(),
        this::termsOf,
        loads,
        HostTable.of(HostLookup.system(rules::refusal), names, ticker, meters),
        new Unsent(Runtime.getRuntime().maxMemory() / HEAP_PER_UNSENT, limits.patience()),
        UUID.randomUUID().toString(),
        ticker,
        meters);
  }

  private ServiceTerms termsOf(String service) {
    XdsSettings xds = lb.xds();
    return new ServiceTerms(
        lb.xdsModeOf(service),
        xds.ownPolicy(),
        xds.utilizationMetrics(),
        xds.attempts(),
        xds.hashHeader(),
        lb.xdsMaxRequestsOf(service),
        lb.lrs().enabled()
            ? Optional.of(new ServiceTerms.LoadReports(lb.lrs().metrics()))
            : Optional.empty());
  }

  @Bean
  @GrpcService
  AdsHandler adsHandler(
      Discovery discovery, RegistryFeed feed, Overload overload, Optional<Judge> judge) {
    discovery.start(feed::everSynced, overload::complaint);
    return new AdsHandler(discovery, judge);
  }

  @Bean
  @GrpcService
  @ConditionalOnBooleanProperty("lb.csds.enabled")
  BindableService clientStatus(Discovery discovery, Sights sights) {
    return new ClientStatus(discovery::clients, sights)::definition;
  }
}
