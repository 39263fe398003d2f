package dev.lookaside.security;

import dev.lookaside.security.config.SecurityProperties;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

/**
 * Says once, loudly, what a server that can be reached from other machines is open to. Loopback is
 * nobody else's business.
 */
final class Exposure {
  private static final Logger log = LoggerFactory.getLogger(Exposure.class);
  private static final List<String> GRPC =
      List.of("grpc.server.address", "spring.grpc.server.address");
  private static final List<String> HTTP = List.of("management.server.address", "server.address");

  private final SecurityProperties security;

  Exposure(SecurityProperties security) {
    this.security = security;
  }

  @EventListener
  void ready(ApplicationReadyEvent event) {
    warning(event.getApplicationContext().getEnvironment()).ifPresent(log::warn);
  }

  Optional<String> warning(Environment environment) {
    List<String> open = new ArrayList<>();
    if (isExposed(environment, GRPC)) {
      if (security.tls().name().isEmpty()) {
        open.add("gRPC is plaintext (security.tls.bundle)");
      }
      if (!security.enabled()) {
        open.add("everybody may call every method (security.enabled)");
      }
    }
    if (environment.containsProperty("local.server.port")
        && isExposed(environment, HTTP)
        && !environment.containsProperty("server.ssl.bundle")) {
      open.add("HTTP is plaintext (server.ssl.bundle, or server.address=127.0.0.1)");
    }
    return open.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "NOT PROTECTED, and reachable from other machines: "
                + String.join("; ", open)
                + "; see docs/security.md");
  }

  /** Where no address is set, a server listens on all. */
  private static boolean isExposed(Environment environment, List<String> properties) {
    return properties.stream()
        .flatMap(property -> Optional.ofNullable(environment.getProperty(property)).stream())
        .filter(address -> !address.isBlank())
        .findFirst()
        .map(address -> !isLoopback(address))
        .orElse(true);
  }

  private static boolean isLoopback(String address) {
    if (address.equals("*")) {
      return false;
    }
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
