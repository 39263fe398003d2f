package dev.lookaside.client.grpc;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a channel's target names: one service, and perhaps balancers.
 *
 * @param balancers those in the authority; empty: from elsewhere
 */
record Target(String service, List<Address> balancers) {
  private static final String EXPECTED =
      " (expected: lookaside:///<service> or lookaside://<host:port>/<service>)";

  /**
   * @param text the whole target, for messages
   * @param authority decoded
   * @param path decoded
   * @param rest query or fragment
   */
  static Target of(
      String text, @Nullable String authority, @Nullable String path, @Nullable String rest) {
    if (path == null || !path.startsWith("/")) {
      throw new IllegalArgumentException("target is '" + text + "'" + EXPECTED);
    }
    if (rest != null) {
      throw new IllegalArgumentException(
          "target is '" + text + "', with a query or fragment" + EXPECTED);
    }
    String service = path.substring(1);
    if (service.indexOf('/') >= 0 || service.indexOf(',') >= 0) {
      throw new IllegalArgumentException(
          "target is '"
              + text
              + "', which names more than one service"
              + EXPECTED
              + ": one service for each channel");
    }
    try {
      Endpoint.requireName("service", service);
      return new Target(service, balancers(authority));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "target is '" + text + "': " + e.getMessage() + EXPECTED, e);
    }
  }

  private static List<Address> balancers(@Nullable String authority) {
    return authority == null || authority.isEmpty()
        ? List.of()
        : EnvironmentSettings.addresses(authority);
  }
}
