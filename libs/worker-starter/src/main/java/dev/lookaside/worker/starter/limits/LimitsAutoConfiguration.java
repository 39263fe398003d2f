package dev.lookaside.worker.starter.limits;

import dev.lookaside.app.limits.LimitProperties;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.limits.LimitListener;
import dev.lookaside.limits.LimitLog;
import dev.lookaside.limits.LimitMeters;
import dev.lookaside.limits.PeerGuard;
import dev.lookaside.tls.RefusedPeers;
import dev.lookaside.worker.starter.WorkerAutoConfiguration;
import dev.lookaside.worker.starter.registration.WorkerLifecycle;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The limits of every worker's server, unless it has its own or wants none. */
@AutoConfiguration(after = WorkerAutoConfiguration.class)
@ConditionalOnBean(WorkerLifecycle.class)
@ConditionalOnBooleanProperty(name = "lookaside.limits.enabled", matchIfMissing = true)
@EnableConfigurationProperties(LimitProperties.class)
public final class LimitsAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  LimitListener limitListener(Ticker ticker, ObjectProvider<MeterRegistry> meters) {
    return new LimitLog(ticker)
        .and(new LimitMeters(meters.getIfAvailable(SimpleMeterRegistry::new)));
  }

  @Bean
  @ConditionalOnMissingBean
  PeerGuard peerGuard(
      LimitProperties limits,
      Ticker ticker,
      LimitListener listener,
      ObjectProvider<RefusedPeers> refused,
      ObjectProvider<MeterRegistry> meters) {
    PeerGuard guard =
        new PeerGuard(
            limits.forHeap(Runtime.getRuntime().maxMemory()),
            ticker,
            listener,
            (peer, failure) ->
                refused.ifAvailable(log -> log.handshakeFailed(peer.toString(), failure)));
    meters.ifAvailable(registry -> LimitMeters.show(guard, registry));
    return guard;
  }

  @Bean
  @ConditionalOnMissingBean
  ServerLimits serverLimits(PeerGuard guard, LimitListener listener) {
    return new ServerLimits(guard, listener);
  }
}
