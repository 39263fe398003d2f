package dev.lookaside.lb.dashboard;

import dev.lookaside.lb.subscribe.Census;
import dev.lookaside.registry.control.Origin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a page shows at one moment.
 *
 * @param workers by the number that stands for each as long as somebody looks
 * @param readings of the workers, by the same numbers
 */
record DashboardState(Head head, Map<Integer, Worker> workers, Map<Integer, Reading> readings) {

  /** What somebody sees who may see these services only. */
  DashboardState only(Predicate<String> visible) {
    Map<Integer, Worker> ownWorkers = new LinkedHashMap<>(workers);
    ownWorkers.values().removeIf(worker -> !visible.test(worker.service()));
    Map<Integer, Reading> ownReadings = new LinkedHashMap<>(readings);
    ownReadings.keySet().retainAll(ownWorkers.keySet());
    return new DashboardState(head.only(visible), ownWorkers, ownReadings);
  }

  /** What is small and sent whole each time. */
  record Head(
      Registry registry,
      List<Service> services,
      List<OtherBalancer> balancers,
      Subscribers subscribers) {

    private Head only(Predicate<String> visible) {
      return new Head(
          registry,
          services.stream().filter(service -> visible.test(service.name())).toList(),
          balancers,
          subscribers.only(visible));
    }
  }

  /**
   * How far the tables can be trusted.
   *
   * @param sync never, in_sync or stale
   * @param ageMillis since the registry last confirmed the tables; null if it never did
   */
  record Registry(String sync, @Nullable Long ageMillis) {}

  /**
   * One service as a whole.
   *
   * @param configuredPolicy that picks if operators decide nothing
   * @param policyDecided how another one came to pick; null if none did
   * @param controlRevision of all that operators decided of the service, 0 if nothing: what a
   *     change by this page is made on
   * @param picksPerSecond that this balancer answered with an endpoint
   * @param callsPerSecond that subscribers tell of
   * @param latencyMillis mean of the calls that ended since the last look, as clients report it;
   *     null without any
   * @param slowestMillis the mean latency of the slowest endpoint; null if none is known
   */
  record Service(
      String name,
      String policy,
      String configuredPolicy,
      @Nullable Decided policyDecided,
      long controlRevision,
      long version,
      int registered,
      int eligible,
      double picksPerSecond,
      double callsPerSecond,
      double failuresPerSecond,
      @Nullable Double latencyMillis,
      @Nullable Double slowestMillis) {}

  /**
   * A balancer that is registered.
   *
   * @param page where its own page is, if it says so
   * @param self whether it is this one
   */
  record OtherBalancer(
      String id, String address, String state, @Nullable String page, boolean self) {}

  /** Counts by service, and the few that need a look. */
  record Subscribers(List<Census.OfService> services, List<Subscriber> noted) {

    private Subscribers only(Predicate<String> visible) {
      return new Subscribers(
          services.stream().filter(one -> visible.test(one.service())).toList(),
          noted.stream().filter(one -> visible.test(one.service())).toList());
    }
  }

  record Subscriber(
      String client,
      String address,
      String service,
      long version,
      String standing,
      @Nullable Long loadMillis) {}

  /**
   * A decision of an operator.
   *
   * @param what it is, such as {@code drained}
   * @param proof of who decided: certificate, token or none
   * @param atMillis since the epoch
   */
  record Decided(String what, String by, String proof, long atMillis, String why) {
    static Decided of(String what, Origin origin) {
      return new Decided(
          what, origin.by(), origin.proof(), origin.at().toEpochMilli(), origin.why());
    }
  }

  /**
   * What an endpoint is; changes seldom.
   *
   * @param weight as it counts, which operators may have decided
   * @param drained whether operators drained it; one that drains by itself is only in that state
   * @param weighed whether its weight is theirs
   * @param decisions that this comes from
   */
  record Worker(
      String service,
      String id,
      String address,
      String zone,
      String version,
      double weight,
      double capacity,
      String state,
      boolean drained,
      boolean weighed,
      List<Decided> decisions) {}

  /**
   * What an endpoint does; changes all the time. NaN is what is not known.
   *
   * @param share of the service's picks and calls of late, 0 to 1
   * @param fairShare what its weight would give it among those that may be picked
   * @param load of its capacity, 1 is full
   * @param ageMillis of the load report; NaN without one that is believed
   */
  record Reading(
      double perSecond,
      double share,
      double fairShare,
      double load,
      double inFlight,
      double latencyMillis,
      double ageMillis,
      double errorShare,
      double cpu) {

    /** The same, with its share of what all did. */
    Reading shareOf(double allPerSecond) {
      return new Reading(
          perSecond,
          Rounded.share(Double.isNaN(perSecond) ? Double.NaN : perSecond / allPerSecond),
          fairShare,
          load,
          inFlight,
          latencyMillis,
          ageMillis,
          errorShare,
          cpu);
    }

    /** In the order in which they are sent. */
    double[] values() {
      return new double[] {
        perSecond, share, fairShare, load, inFlight, latencyMillis, ageMillis, errorShare, cpu
      };
    }
  }
}
