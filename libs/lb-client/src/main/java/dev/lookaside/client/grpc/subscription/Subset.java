package dev.lookaside.client.grpc.subscription;

import dev.lookaside.core.endpoint.Endpoint;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The part of the endpoints that one client connects to, by rendezvous hashing, as in gRFC A68.
 *
 * <p>The same client always gets the same part of the same endpoints; one that leaves is replaced
 * by one other, and nothing else moves. Over many clients each endpoint gets about the same number
 * of them. Endpoints that take no calls do not count.
 *
 * @param clientId whose part it is
 * @param limit how many endpoints at most, at least 1
 */
record Subset(String clientId, int limit) {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private record Scored(Endpoint endpoint, long score) {}

  /** The chosen endpoints, and those that take no calls. */
  List<Endpoint> of(List<Endpoint> endpoints) {
    if (endpoints.size() <= limit) {
      return endpoints;
    }
    Stream<Endpoint> chosen =
        endpoints.stream()
            .filter(Endpoint::takesCalls)
            .map(endpoint -> new Scored(endpoint, score(endpoint)))
            .sorted(Comparator.comparingLong(Scored::score).thenComparing(s -> s.endpoint().id()))
            .limit(limit)
            .map(Scored::endpoint);
    return Stream.concat(chosen, endpoints.stream().filter(e -> !e.takesCalls())).toList();
  }

  private long score(Endpoint endpoint) {
    long hash = hash(hash(FNV_OFFSET, clientId), "\n" + endpoint.id());
    // The last bytes of a text hardly move the upper bits of its FNV hash: stir (MurmurHash3).
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }

  private static long hash(long start, String text) {
    long hash = start;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    return hash;
  }
}
