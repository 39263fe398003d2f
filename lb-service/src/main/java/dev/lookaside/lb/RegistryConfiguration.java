package dev.lookaside.lb;

import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.etcd.embedded.EmbeddedEtcd;
import dev.lookaside.etcd.starter.EtcdProperties;
import dev.lookaside.lb.admin.Obedience;
import dev.lookaside.lb.config.LbProperties;
import dev.lookaside.lb.config.RegistryKind;
import dev.lookaside.lb.dashboard.PageLink;
import dev.lookaside.lb.labels.EndpointLabels;
import dev.lookaside.lb.load.EndpointChannels;
import dev.lookaside.lb.load.LoadStreams;
import dev.lookaside.lb.ops.EndpointMeters;
import dev.lookaside.lb.ops.ServiceMeters;
import dev.lookaside.lb.pick.Answers;
import dev.lookaside.lb.registry.Balancers;
import dev.lookaside.lb.registry.HealthProbe;
import dev.lookaside.lb.registry.PolicyWriters;
import dev.lookaside.lb.registry.RegistryFeed;
import dev.lookaside.lb.registry.RegistryStates;
import dev.lookaside.lb.registry.SelfRegistration;
import dev.lookaside.lb.registry.TableReader;
import dev.lookaside.lb.report.Branches;
import dev.lookaside.lb.report.CallMeters;
import dev.lookaside.lb.rpc.RpcHealth;
import dev.lookaside.lb.rpc.ServiceNames;
import dev.lookaside.lb.shadow.Shadows;
import dev.lookaside.lb.subscribe.Subscriptions;
import dev.lookaside.lb.xds.Discovery;
import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.registry.kubernetes.KubernetesSource;
import dev.lookaside.registry.signature.RegistrationCheck;
import dev.lookaside.registry.signature.RegistrationSigner;
import dev.lookaside.registry.signature.SignatureCheck;
import dev.lookaside.registry.view.RegistrySource;
import dev.lookaside.registry.watch.RegistryWatch;
import dev.lookaside.registry.watch.RegistryWatchSettings;
import dev.lookaside.security.config.SecurityProperties;
import dev.lookaside.security.rights.Judge;
import dev.lookaside.tls.LiveTls;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** From the registry into the balancer: where endpoints are, and where balancers are. */
@Configuration(proxyBeanMethods = false)
class RegistryConfiguration {
  private final Ticker ticker;
  private final LbProperties lb;
  private final EtcdProperties etcd;

  RegistryConfiguration(Ticker ticker, LbProperties lb, EtcdProperties etcd) {
    this.ticker = ticker;
    this.lb = lb;
    this.etcd = etcd;
  }

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
  EtcdSettings etcdSettings(Optional<EmbeddedEtcd> embedded, SslBundles bundles) {
    return embedded
        .map(own -> etcd.settingsFor(own.clientUri()))
        .orElseGet(() -> etcd.settings(bundles));
  }

  @Bean
  RegistrySource registrySource(
      EtcdSettings settings,
      EndpointChannels channels,
      RegistryFeed feed,
      Subscriptions subscriptions,
      RegistrationCheck check) {
    RegistrySource source =
        lb.registry() == RegistryKind.KUBERNETES
            ? new KubernetesSource(
                lb.kubernetes().settings(),
                ServiceNames.BALANCERS,
                etcd.addressRules(),
                ticker,
                feed)
            : new RegistryWatch(
                settings,
                RegistryWatchSettings.defaults(),
                new HealthProbe(channels::open),
                etcd.addressRules(),
                check,
                ticker,
                feed);
    subscriptions.follow(new RegistryStates(source.name(), source::view));
    source.start();
    return source;
  }

  @Bean(initMethod = "start")
  RegistryFeed registryFeed(
      Obedience obedience,
      Shadows shadows,
      Branches branches,
      LoadTracker loads,
      Balancer balancer,
      LoadStreams streams,
      Answers answers,
      EndpointMeters endpointMeters,
      EndpointLabels labels,
      CallMeters calls,
      Balancers balancers,
      RpcHealth health,
      Optional<Discovery> discovery,
      MeterRegistry meters) {
    return new RegistryFeed(
        obedience,
        List.of(
            TableReader.of(loads::update, gone -> {}),
            TableReader.of(balancer::update, gone -> {}), // forgets by itself
            TableReader.of(shadows::update, shadows::forget),
            TableReader.of(table -> {}, branches::forget),
            TableReader.of(streams::update, gone -> {}), // closed with its last endpoint
            TableReader.of(labels::update, labels::forget),
            TableReader.of(answers::retain, answers::forget),
            TableReader.of(endpointMeters::update, endpointMeters::forget),
            TableReader.of(table -> {}, calls::forget),
            TableReader.of(table -> {}, new ServiceMeters(meters)::forget)), // after all others
        balancers::update,
        () -> {
          health.serving();
          discovery.ifPresent(Discovery::synced);
        },
        ticker,
        meters);
  }

  /** With {@code security.enabled}: who can write to etcd may not send clients anywhere. */
  @Bean
  RegistrationCheck registrationCheck(
      Optional<Judge> judge, Optional<LiveTls> tls, SecurityProperties security) {
    return judge.isEmpty() || tls.isEmpty()
        ? RegistrationCheck.none()
        : new SignatureCheck(
            tls.get(),
            new PolicyWriters(judge.get()),
            switch (security.unsignedRegistrations()) {
              case REFUSE -> SignatureCheck.Unsigned.REFUSED;
              case ACCEPT -> SignatureCheck.Unsigned.BELIEVED;
            },
            InstantSource.system());
  }

  @Bean
  Balancers balancers(Subscriptions subscriptions) {
    return new Balancers(subscriptions::balancers);
  }

  /** In Kubernetes it is there already, as an endpoint of its own Service. */
  @Bean
  @Conditional(OnEtcd.class)
  SelfRegistration selfRegistration(
      EtcdSettings settings, Balancers balancers, Optional<LiveTls> tls, Environment environment) {
    return new SelfRegistration(
        settings,
        lb::idAt,
        lb::advertisedAt,
        new RegistrationSigner(settings.root(), tls, InstantSource.system()),
        balancers,
        address -> PageLink.attributes(environment, address));
  }

  /** Whether the registry is an etcd, here or elsewhere. */
  static final class OnEtcd extends NoneNestedConditions {
    OnEtcd() {
      super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnProperty(name = "lb.registry", havingValue = "kubernetes")
    static final class Kubernetes {}
  }
}
