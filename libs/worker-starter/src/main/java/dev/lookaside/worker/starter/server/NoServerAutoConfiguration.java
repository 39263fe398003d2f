package dev.lookaside.worker.starter.server;

import dev.lookaside.worker.starter.config.WorkerIdentity;
import dev.lookaside.worker.starter.registration.WorkerLifecycle;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Says what is missing where neither server is on the class path. */
@AutoConfiguration(after = {DevhServerAutoConfiguration.class, BootServerAutoConfiguration.class})
@ConditionalOnBean(WorkerLifecycle.class)
@ConditionalOnMissingBean(WorkerIdentity.class)
public final class NoServerAutoConfiguration {

  @Bean
  @SuppressWarnings("DoNotCallSuggester") // Spring calls it, to hear this
  WorkerIdentity workerIdentity() {
    throw new IllegalArgumentException(
        "this worker has no gRPC server (expected: spring-boot-starter-grpc-server or net.devh's"
            + " grpc-server-spring-boot-starter on the class path, or worker.enabled=false)");
  }
}
