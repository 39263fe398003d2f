package dev.lookaside.wire;

import dev.lookaside.core.endpoint.Endpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * The part of the endpoints that one client connects to, by rendezvous hashing, as in gRFC A68. The
 * balancer works it out as well, to tell the client the loads of no others.
 *
 * <p>The same client always gets the same part of the same endpoints; one that leaves is replaced
 * by one other, and nothing else moves. Over many clients each endpoint gets about the same number
 * of them. Endpoints that take no calls do not count.
 */
public final class Subset {

  /** One that may be chosen; the lowest scores are. */
  private record Scored<T>(T candidate, String id, long score) {
    static final Comparator<Scored<?>> BEST_FIRST =
        Comparator.<Scored<?>, Long>comparing(Scored::score, Long::compareUnsigned)
            .thenComparing(Scored::id);
  }

  private final long client;
  private final int limit;

  /**
   * The part of one client.
   *
   * @param limit how many endpoints at most, at least 1
   */
  public Subset(String clientId, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException(
          "subset has " + limit + " endpoints (expected: 1 or more)");
    }
    this.client = Fnv.of(clientId);
    this.limit = limit;
  }

  /** The chosen endpoints, and those that take no calls. */
  public List<Endpoint> of(List<Endpoint> endpoints) {
    if (endpoints.size() <= limit) {
      return endpoints;
    }
    List<Endpoint> chosen =
        choose(
            endpoints.stream().filter(Endpoint::takesCalls).toList(), Endpoint::id, Subset::hash);
    return Stream.concat(chosen.stream(), endpoints.stream().filter(e -> !e.takesCalls())).toList();
  }

  /**
   * The chosen ones of those that take calls, the most wanted first.
   *
   * @param hashOf their {@link #hash}, known from before
   */
  public <T> List<T> choose(
      Collection<T> candidates, Function<T, String> idOf, ToLongFunction<T> hashOf) {
    PriorityQueue<Scored<T>> chosen =
        new PriorityQueue<>(Math.min(limit, candidates.size()) + 1, Scored.BEST_FIRST.reversed());
    for (T candidate : candidates) {
      long score = Fnv.mix(client ^ hashOf.applyAsLong(candidate));
      Scored<T> worst = chosen.size() < limit ? null : chosen.peek();
      if (worst == null || Long.compareUnsigned(score, worst.score()) <= 0) {
        chosen.add(new Scored<>(candidate, idOf.apply(candidate), score));
      }
      if (chosen.size() > limit) {
        chosen.remove();
      }
    }
    List<Scored<T>> sorted = new ArrayList<>(chosen);
    sorted.sort(Scored.BEST_FIRST);
    return sorted.stream().map(Scored::candidate).toList();
  }

  /** How many endpoints at most. */
  public int limit() {
    return limit;
  }

  /** The lower, as an unsigned number, the sooner the endpoint is chosen. */
  public long score(Endpoint endpoint) {
    return Fnv.mix(client ^ hash(endpoint));
  }

  /** What the choice goes by that does not depend on the client. */
  public static long hash(Endpoint endpoint) {
    return Fnv.mix(Fnv.of(endpoint.id()));
  }
}
