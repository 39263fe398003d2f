package dev.lookaside.security.http;

import jakarta.servlet.DispatcherType;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** Where the guard stands in a servlet container. */
final class GuardedPaths {
  /** What measures requests comes before it: refused ones count, too. */
  private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 10;

  private GuardedPaths() {}

  static FilterRegistrationBean<HttpGuard> before(List<String> paths, HttpGuard guard) {
    FilterRegistrationBean<HttpGuard> filter = new FilterRegistrationBean<>(guard);
    filter.setUrlPatterns(paths);
    filter.setDispatcherTypes(DispatcherType.REQUEST);
    filter.setAsyncSupported(true);
    filter.setOrder(ORDER);
    return filter;
  }

  static String actuator(Environment environment) {
    return environment.getProperty("management.endpoints.web.base-path", "/actuator");
  }
}
