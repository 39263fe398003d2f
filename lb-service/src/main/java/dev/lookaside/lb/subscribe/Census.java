package dev.lookaside.lb.subscribe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Who subscribes, at one moment.
 *
 * @param noted some of them, those that need a look first
 */
public record Census(List<OfService> services, List<One> noted) {
  public static final Census NOBODY = new Census(List.of(), List.of());

  /** How far a subscriber is; what needs a look comes last. */
  public enum Standing {
    /** It was sent the latest table. */
    IN_SYNC,
    /** There is a newer table, whose turn has not come. */
    BEHIND,
    /** It does not take what it was sent. */
    SLOW
  }

  /** The subscribers of one service, and the version of the table that is the latest. */
  public record OfService(String service, long version, int inSync, int behind, int slow) {}

  /**
   * One subscriber.
   *
   * @param client what it calls itself
   * @param version of the table that it was sent, 0 if none
   * @param loadInterval how often it asked for loads, if it did
   */
  public record One(
      String client,
      String address,
      String service,
      long version,
      Standing standing,
      Optional<Duration> loadInterval) {}

  /** Keeps the most urgent only, however many there are. For the publisher's thread. */
  static Census of(Map<String, ServiceWatch> watches, int most) {
    Comparator<One> byUrgency = Comparator.comparing(One::standing);
    PriorityQueue<One> noted = new PriorityQueue<>(byUrgency);
    List<OfService> services = new ArrayList<>();
    watches.forEach((name, watch) -> {
      if (!watch.isEmpty()) {
        services.add(watch.count(name, one -> keep(noted, one, most)));
      }
    });
    return new Census(
        List.copyOf(services),
        noted.stream()
            .sorted(byUrgency.reversed().thenComparing(One::client).thenComparing(One::address))
            .toList());
  }

  private static void keep(PriorityQueue<One> noted, One one, int most) {
    noted.add(one);
    if (noted.size() > most) {
      noted.remove();
    }
  }
}
