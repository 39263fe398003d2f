package dev.lookaside.lb.dashboard;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.env.Environment;

/** Where another balancer's page is, as it registered it. Anybody may have written that. */
public final class PageLink {
  /** The attribute of a balancer's registration, such as {@code http://10.0.0.1:8080}. */
  static final String ATTRIBUTE = "httpUri";

  private static final String HERE = "127.0.0.1";

  private PageLink() {}

  /** What a balancer says of its own page, once its web server listens; nothing without one. */
  public static Map<String, String> attributes(Environment environment, Address advertised) {
    String port = environment.getProperty("local.server.port");
    if (port == null) {
      return Map.of();
    }
    String scheme = environment.containsProperty("server.ssl.bundle") ? "https://" : "http://";
    String host = isHereOnly(environment) ? HERE : advertised.host();
    return Map.of(ATTRIBUTE, scheme + new Address(host, Integer.parseInt(port)));
  }

  private static boolean isHereOnly(Environment environment) {
    String bound = environment.getProperty("server.address", "");
    return bound.equals("localhost") || bound.equals("::1") || bound.startsWith("127.");
  }

  /** Empty if it is no plain address of a web server. */
  static Optional<String> of(Endpoint balancer) {
    return Optional.ofNullable(balancer.attributes().get(ATTRIBUTE)).filter(PageLink::isPlain);
  }

  private static boolean isPlain(String text) {
    try {
      URI uri = new URI(text);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return web
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getRawPath().isEmpty()
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
