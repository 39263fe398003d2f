package dev.lookaside.security.http;

import java.util.List;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;

/**
 * Puts the same guard before the actuator where it has a port of its own ({@code
 * management.server.port}): the filters of the application are not there.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
final class ManagementGuardConfiguration {

  @Bean
  FilterRegistrationBean<HttpGuard> managementGuard(
      HttpSecurityAutoConfiguration.SharedGuard shared) {
    return GuardedPaths.before(List.of("/*"), shared.guard());
  }
}
