package dev.lookaside.core.policy;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Endpoints of the service {@code worker} for tests. */
public final class Endpoints {
  public static final String SERVICE = "worker";

  private Endpoints() {}

  public static Endpoint endpoint(String id) {
    return Endpoint.of(SERVICE, id, new Address("localhost", 50052));
  }

  public static EndpointTable table(String... ids) {
    return EndpointTable.of(SERVICE, 1, Stream.of(ids).map(Endpoints::endpoint).toList());
  }

  /** A table of {@code size} endpoints, w00001 and so on. */
  public static EndpointTable table(int size) {
    List<Endpoint> endpoints =
        IntStream.rangeClosed(1, size).mapToObj(i -> endpoint("w%05d".formatted(i))).toList();
    return EndpointTable.of(SERVICE, 1, endpoints);
  }
}
