package dev.lookaside.lb;

import dev.lookaside.app.debug.DebugProperties;
import dev.lookaside.app.limits.LimitProperties;
import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.balancer.SnapshotListener;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.policy.Policies;
import dev.lookaside.core.time.Chance;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.lb.admin.PolicyChoices;
import dev.lookaside.lb.config.LbProperties;
import dev.lookaside.lb.subscribe.Subscriptions;
import dev.lookaside.lb.traffic.Ejections;
import dev.lookaside.lb.traffic.Sweeper;
import dev.lookaside.lb.xds.Discovery;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The whole line, wired in the order in which data goes. The balancer is here, in the middle; what
 * leads to it and away from it is in seven configurations:
 *
 * <pre>
 * {@link RegistryConfiguration}   etcd, or Kubernetes -> RegistryFeed ────┐
 *                                                            │           ▼
 *                                                            │        Balancer
 *                                                            ▼           ▲
 * {@link LoadConfiguration}       endpoints -> LoadStreams -> LoadFeed ──┴─ LoadTracker
 *
 * {@link ServingConfiguration}    Balancer -> PickHandler, Subscriptions -> clients
 *                         Balancer <- OutcomeReports, StatsReports <- clients
 *
 * {@link XdsConfiguration}        Balancer -> Discovery -> clients that speak xDS
 *
 * {@link OperatorConfiguration}   meters, health, /actuator/lookaside
 * {@link DashboardConfiguration}  the page
 *
 * {@link ControlConfiguration}    Admin -> etcd; RegistryFeed -> what operators decided -> Balancer
 *
 * {@link AccessConfiguration}     who calls
 * </pre>
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({LbProperties.class, LimitProperties.class, DebugProperties.class})
@Import({
  RegistryConfiguration.class,
  LoadConfiguration.class,
  ServingConfiguration.class,
  XdsConfiguration.class,
  OperatorConfiguration.class,
  ControlConfiguration.class,
  DashboardConfiguration.class,
  AccessConfiguration.class
})
class LbConfiguration {
  private final LbProperties lb;

  LbConfiguration(LbProperties lb) {
    this.lb = lb;
  }

  @Bean
  static Ticker ticker() {
    return Ticker.system();
  }

  @Bean
  static Policies policies(Ticker ticker) {
    return new Policies(ticker, Chance.system());
  }

  @Bean
  Balancer balancer(
      LoadTracker loads,
      Subscriptions subscriptions,
      Optional<Discovery> discovery,
      Sweeper sweeper,
      Ticker ticker,
      Policies policies,
      PolicyChoices choices,
      MeterRegistry meters) {
    List<SnapshotListener> listeners = new ArrayList<>();
    listeners.add(new Ejections(loads, meters));
    listeners.add(subscriptions);
    discovery.ifPresent(listeners::add);
    Balancer balancer =
        new Balancer(
            service -> policies.create(choices.of(service)),
            lb::trafficOf,
            loads,
            ticker,
            SnapshotListener.all(listeners),
            sweeper);
    sweeper.start(balancer::sweep);
    return balancer;
  }

  @Bean
  static Sweeper sweeper(Ticker ticker) {
    return new Sweeper(ticker);
  }
}
