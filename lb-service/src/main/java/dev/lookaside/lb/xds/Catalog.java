package dev.lookaside.lb.xds;

import dev.lookaside.core.balancer.ServiceSnapshot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * The resources of every service that a stream asked for, and which streams those are. What nobody
 * asked for is not made. For the publisher's thread, but for what says otherwise.
 */
final class Catalog {
  private final Function<ServiceSnapshot, Fleet> fleets;
  private final Function<String, ServiceTerms> terms;
  private final double weightThreshold;
  private final String epoch;
  private final ConcurrentMap<String, ServiceSnapshot> snapshots = new ConcurrentHashMap<>();
  private final Map<String, Watched> watched = new HashMap<>();
  private long version;

  /** Which changes count. */
  enum Change {
    /** Who is there, and what is told of them. */
    MEMBERS,
    /** Their weights, too, if they changed by more than the threshold. */
    WEIGHTS
  }

  private static final class Watched {
    final Set<AdsStream> streams = new HashSet<>();
    Optional<ServiceResources> resources = Optional.empty();
  }

  /**
   * @param epoch no other process, and no earlier one, has the same
   */
  Catalog(
      Function<ServiceSnapshot, Fleet> fleets,
      Function<String, ServiceTerms> terms,
      double weightThreshold,
      String epoch) {
    this.fleets = fleets;
    this.terms = terms;
    this.weightThreshold = weightThreshold;
    this.epoch = epoch;
  }

  /** Takes the latest state of a service. Any thread may bring it. */
  void put(ServiceSnapshot snapshot) {
    snapshots.put(snapshot.registered().service(), snapshot);
  }

  /** Forgets a service, unless it has endpoints again. Any thread may say so. */
  void forget(String service) {
    snapshots.computeIfPresent(service, (s, last) -> last.registered().isEmpty() ? null : last);
  }

  void watch(String service, AdsStream stream) {
    Watched known = watched.get(service);
    if (known == null) {
      known = new Watched();
      // While nobody listened, nothing was made.
      var unused = refresh(service, known, Change.MEMBERS);
      watched.put(service, known);
    }
    known.streams.add(stream);
  }

  void unwatch(String service, AdsStream stream) {
    Watched known = watched.get(service);
    if (known != null) {
      known.streams.remove(stream);
      if (known.streams.isEmpty()) {
        watched.remove(service);
      }
    }
  }

  List<String> watchedServices() {
    return List.copyOf(watched.keySet());
  }

  /** Brings the resources of a service up to date; says to which streams that is news. */
  Set<AdsStream> refresh(String service, Change what) {
    Watched known = watched.get(service);
    return known != null && refresh(service, known, what) ? known.streams : Set.of();
  }

  private boolean refresh(String service, Watched known, Change what) {
    ServiceSnapshot snapshot = snapshots.get(service);
    if (snapshot == null) {
      boolean was = known.resources.isPresent();
      known.resources = Optional.empty();
      return was;
    }
    Fleet now = fleets.apply(snapshot);
    if (known.resources.isEmpty()) {
      known.resources =
          Optional.of(new ServiceResources(now, terms.apply(service), this::nextVersion));
      return true;
    }
    ServiceResources resources = known.resources.get();
    Fleet before = resources.fleet();
    if (!differs(now, before, what)) {
      return false;
    }
    boolean isComplete = before.isGathering() && !now.isGathering();
    return resources.set(now, terms.apply(service), this::nextVersion) || isComplete;
  }

  private boolean differs(Fleet now, Fleet before, Change what) {
    if (!now.hasShapeOf(before)) {
      return true;
    }
    return switch (what) {
      case MEMBERS -> false;
      case WEIGHTS -> now.differenceFrom(before) > weightThreshold;
    };
  }

  private long nextVersion() {
    return ++version;
  }

  /** The version of everything that can be said now. */
  String version() {
    return epoch + "." + version;
  }

  Answer answer(ResourceType type, String name) {
    if (type == ResourceType.ROUTES) {
      return Answer.Absent.routes();
    }
    Watched known = watched.get(name);
    if (known == null || known.resources.isEmpty()) {
      return Answer.Absent.unknown(name);
    }
    ServiceResources resources = known.resources.get();
    return type == ResourceType.ENDPOINTS && resources.fleet().isGathering()
        ? new Answer.Later()
        : new Answer.There(resources.of(type));
  }
}
