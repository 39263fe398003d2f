package dev.lookaside.lb;

import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.time.Chance;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.etcd.starter.EtcdProperties;
import dev.lookaside.lb.config.LbProperties;
import dev.lookaside.lb.config.LoadSettings;
import dev.lookaside.lb.load.EndpointChannels;
import dev.lookaside.lb.load.LoadFeed;
import dev.lookaside.lb.load.LoadStreams;
import dev.lookaside.registry.address.AddressRules;
import dev.lookaside.security.tls.ClientTls;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** From the endpoints into the balancer: who can be reached, and how much each has to do. */
@Configuration(proxyBeanMethods = false)
class LoadConfiguration {
  private final Ticker ticker;
  private final LbProperties lb;

  LoadConfiguration(Ticker ticker, LbProperties lb) {
    this.ticker = ticker;
    this.lb = lb;
  }

  @Bean
  EndpointChannels endpointChannels(Optional<ClientTls> tls, EtcdProperties etcd) {
    AddressRules rules = etcd.addressRules();
    return new EndpointChannels(tls, rules::refusal);
  }

  @Bean
  LoadTracker loadTracker() {
    return new LoadTracker(lb.load().expiration());
  }

  @Bean
  LoadFeed loadFeed(LoadTracker loads, Balancer balancer, MeterRegistry meters) {
    return new LoadFeed(loads, balancer, ticker, meters);
  }

  @Bean
  LoadStreams loadStreams(EndpointChannels channels, LoadFeed feed) {
    LoadSettings load = lb.load();
    return new LoadStreams(
        channels,
        new LoadStreams.Timing(load.interval(), load.silence()),
        ticker,
        Chance.system(),
        feed);
  }
}
