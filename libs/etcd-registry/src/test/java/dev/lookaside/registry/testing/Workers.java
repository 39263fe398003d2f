package dev.lookaside.registry.testing;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Locality;
import dev.lookaside.registry.registrar.Registration;
import java.util.Map;

/** Registrations for tests. */
public final class Workers {
  private Workers() {}

  public static Registration worker(String id, int port) {
    return worker(id, port, "first");
  }

  public static Registration worker(String id, int port, String incarnation) {
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
