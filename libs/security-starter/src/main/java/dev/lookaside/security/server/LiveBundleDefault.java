package dev.lookaside.security.server;

import dev.lookaside.security.tls.LiveBundle;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Gives Spring Boot's own gRPC server the bundle that follows {@code security.tls.bundle}, unless
 * it has one of its own.
 */
public final class LiveBundleDefault implements EnvironmentPostProcessor, Ordered {
  private static final String BUNDLE = "security.tls.bundle";

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
    if (environment.containsProperty(BUNDLE)) {
      Map<String, Object> defaults = new HashMap<>();
      defaults.put("spring.grpc.server.ssl.bundle", LiveBundle.NAME);
      boolean none = "none".equalsIgnoreCase(environment.getProperty("security.tls.client-auth"));
      defaults.put("spring.grpc.server.ssl.client-auth", none ? "none" : "optional");
      environment
          .getPropertySources()
          .addLast(new MapPropertySource("lookaside security", defaults));
    }
  }
}
