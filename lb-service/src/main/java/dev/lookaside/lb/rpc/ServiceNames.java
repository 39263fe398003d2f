package dev.lookaside.lb.rpc;

import dev.lookaside.core.endpoint.Endpoint;
import io.grpc.StatusException;

/** Which names callers may ask for. */
public final class ServiceNames {
  /** What balancers themselves are registered under: nobody's tasks run there. */
  public static final String BALANCERS = "lb";

  private ServiceNames() {}

  /** Refuses what cannot be the name of a service. */
  public static void require(String service) throws StatusException {
    try {
      Endpoint.requireName("service", service);
    } catch (IllegalArgumentException e) {
      throw Refusals.invalid(String.valueOf(e.getMessage()));
    }
    if (service.equals(BALANCERS)) {
      throw Refusals.invalid("service is 'lb' (expected: another name; balancers have this one)");
    }
  }
}
