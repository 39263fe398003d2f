package dev.lookaside.registry;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Locality;
import java.util.Map;

/** Registrations for tests. */
final class Workers {
  private Workers() {}

  static Registration worker(String id, int port) {
    return worker(id, port, "first");
  }

  static Registration worker(String id, int port, String incarnation) {
    return new Registration(
        "worker",
        id,
        new Address("127.0.0.1", port),
        new Locality("eu", "eu-1", "rack-7"),
        2.5,
        4,
        incarnation,
        Map.of("version", "1.2.3", "metricsAddress", "127.0.0.1:9000"));
  }
}
