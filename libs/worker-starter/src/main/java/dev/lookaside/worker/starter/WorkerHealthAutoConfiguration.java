package dev.lookaside.worker.starter;

import dev.lookaside.worker.starter.registration.RegistrationHealth;
import dev.lookaside.worker.starter.registration.WorkerRegistration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Shows where the registration stands at {@code /actuator/health}, if there is an actuator. */
@AutoConfiguration(after = WorkerAutoConfiguration.class)
@ConditionalOnClass(HealthIndicator.class)
@ConditionalOnBean(WorkerRegistration.class)
public final class WorkerHealthAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(name = "registrationHealthIndicator")
  RegistrationHealth registrationHealthIndicator(WorkerRegistration registration) {
    return new RegistrationHealth(registration);
  }
}
