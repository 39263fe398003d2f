package dev.lookaside.security.http;

import dev.lookaside.security.SecurityAutoConfiguration;
import dev.lookaside.security.audit.AuditLog;
import dev.lookaside.security.config.SecurityProperties;
import dev.lookaside.security.identity.BearerTokens;
import dev.lookaside.security.rights.Judge;
import jakarta.servlet.Filter;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Puts {@link HttpGuard} before the servlets of the application. */
@AutoConfiguration(after = SecurityAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(Filter.class)
public final class HttpSecurityAutoConfiguration {

  /** Stands before nothing by itself: those who register it say before what. */
  @Bean
  SharedGuard sharedGuard(
      SecurityProperties security,
      ObjectProvider<Judge> judge,
      ObjectProvider<BearerTokens> tokens,
      ObjectProvider<AuditLog> audit,
      Environment environment) {
    String actuator = GuardedPaths.actuator(environment);
    Optional<HttpGuard.Rights> rights =
        Optional.ofNullable(judge.getIfAvailable())
            .map(known ->
                new HttpGuard.Rights(
                    new HttpRoles(actuator),
                    new HttpCaller(tokens.getIfAvailable(BearerTokens::none)),
                    known,
                    audit.getObject()));
    return new SharedGuard(new HttpGuard(rights, security.http().changes()));
  }

  @Bean
  FilterRegistrationBean<HttpGuard> httpGuard(
      SharedGuard shared, SecurityProperties security, Environment environment) {
    String actuator = GuardedPaths.actuator(environment);
    List<String> paths = security.http().paths();
    return GuardedPaths.before(
        paths.isEmpty() ? List.of(actuator, actuator + "/*") : paths, shared.guard());
  }

  /** Not a filter: a bean that is one would be put before every path. */
  record SharedGuard(HttpGuard guard) {}
}
