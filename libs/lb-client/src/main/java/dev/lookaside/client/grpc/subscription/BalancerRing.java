package dev.lookaside.client.grpc.subscription;

import dev.lookaside.core.endpoint.Address;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The balancers to ask, one after the other: those that the client was given, and those that a
 * balancer told of. The order is each client's own, so that subscribers spread over balancers.
 */
final class BalancerRing {

  /** A balancer may name others, but not as many as it likes. */
  static final int MOST_LEARNED = 64;

  private final List<Address> given;
  private final RandomGenerator random;
  private List<Address> ring;
  private @Nullable Address last;

  BalancerRing(List<Address> given, RandomGenerator random) {
    this.given = shuffled(given, random);
    this.random = random;
    this.ring = this.given;
  }

  /** The one after the last, which is the last one itself only if there is no other. */
  Address next() {
    // One that is no longer named, at -1, is followed by the first.
    int at = last == null ? -1 : ring.indexOf(last);
    Address next = ring.get((at + 1) % ring.size());
    last = next;
    return next;
  }

  int size() {
    return ring.size();
  }

  /** Takes the balancers that one of them told of, instead of those that were told before. */
  void learned(List<Address> addresses) {
    Set<Address> all = new LinkedHashSet<>(given);
    shuffled(addresses.stream().limit(MOST_LEARNED).toList(), random).forEach(all::add);
    if (!all.equals(Set.copyOf(ring))) {
      ring = List.copyOf(all);
    }
  }

  private static List<Address> shuffled(List<Address> addresses, RandomGenerator random) {
    List<Address> shuffled = new ArrayList<>(addresses);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      Address moved = shuffled.get(i);
      shuffled.set(i, shuffled.get(j));
      shuffled.set(j, moved);
    }
    return List.copyOf(shuffled);
  }
}
