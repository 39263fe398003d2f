package dev.lookaside.security.server;

import dev.lookaside.security.tls.LiveBundle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Gives Spring Boot's own gRPC server the bundle that follows {@code security.tls.bundle}, unless
 * it has one of its own, and asks those who come by HTTPS for a certificate where they need a role.
 */
public final class LiveBundleDefault implements EnvironmentPostProcessor, Ordered {
  private static final String BUNDLE = "security.tls.bundle";
  private static final List<String> HTTPS = List.of("server.ssl", "management.server.ssl");

  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    addTo(environment);
  }

  /** Adds them where nothing else has a say. */
  public static void addTo(ConfigurableEnvironment environment) {
    Map<String, Object> defaults = new HashMap<>();
    if (environment.getProperty("security.enabled", Boolean.class, false)) {
      for (String ssl : HTTPS) {
        if (environment.containsProperty(ssl + ".bundle")) {
          defaults.put(ssl + ".client-auth", "want");
        }
      }
    }
    if (environment.containsProperty(BUNDLE)) {
      defaults.put("spring.grpc.server.ssl.bundle", LiveBundle.NAME);
      boolean none = "none".equalsIgnoreCase(environment.getProperty("security.tls.client-auth"));
      defaults.put("spring.grpc.server.ssl.client-auth", none ? "none" : "optional");
    }
    if (!defaults.isEmpty()) {
      environment
          .getPropertySources()
          .addLast(new MapPropertySource("lookaside security", defaults));
    }
  }
}
