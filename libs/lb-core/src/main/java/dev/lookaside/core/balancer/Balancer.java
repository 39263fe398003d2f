package dev.lookaside.core.balancer;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.Completion;
import dev.lookaside.core.load.Completion.Ending;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.load.Tally;
import dev.lookaside.core.policy.Policy;
import dev.lookaside.core.time.Ticker;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/** The balancers of all services. A service is known from its first table on, and stays known. */
public final class Balancer {
  private final Function<String, Policy> policyOf;
  private final LoadTracker loads;
  private final Function<String, TrafficSettings> settingsOf;
  private final Ticker ticker;
  private final SnapshotListener listener;
  private final ConcurrentMap<String, ServiceBalancer> services = new ConcurrentHashMap<>();

  /**
   * Shapes traffic by manual weight and draining only.
   *
   * @param policyOf makes the policy of a service that is seen for the first time, given its name
   */
  public Balancer(Function<String, Policy> policyOf, LoadTracker loads) {
    this(policyOf, loads, TrafficSettings.none(), Ticker.system());
  }

  /**
   * Shapes the traffic of every service as the settings say.
   *
   * @param policyOf makes the policy of a service that is seen for the first time, given its name
   */
  public Balancer(
      Function<String, Policy> policyOf,
      LoadTracker loads,
      TrafficSettings settings,
      Ticker ticker) {
    this(policyOf, service -> settings, loads, ticker, SnapshotListener.none());
  }

  /**
   * Shapes the traffic of each service as its own settings say.
   *
   * @param policyOf makes the policy of a service that is seen for the first time, given its name
   * @param settingsOf says how to shape its traffic
   */
  public Balancer(
      Function<String, Policy> policyOf,
      Function<String, TrafficSettings> settingsOf,
      LoadTracker loads,
      Ticker ticker,
      SnapshotListener listener) {
    this.policyOf = policyOf;
    this.settingsOf = settingsOf;
    this.loads = loads;
    this.ticker = ticker;
    this.listener = listener;
  }

  public Optional<ServiceBalancer> find(String service) {
    return Optional.ofNullable(services.get(service));
  }

  public Collection<ServiceBalancer> services() {
    return Collections.unmodifiableCollection(services.values());
  }

  /** Takes the new table of a service; an empty one says that it has no endpoint any more. */
  public void update(EndpointTable table) {
    services.computeIfAbsent(table.service(), this::newService).update(table);
    loads.retain(table);
  }

  private ServiceBalancer newService(String name) {
    return new ServiceBalancer(
        name, policyOf.apply(name), loads, settingsOf.apply(name), ticker, listener);
  }

  /**
   * Notes how one request ended. Says whether the endpoint, in this incarnation, is known.
   *
   * @param incarnation as it was when the request was sent
   */
  public boolean completed(String service, String id, String incarnation, Completion completion) {
    boolean known = loads.completed(service, id, incarnation, completion);
    if (known) {
      find(service).ifPresent(balancer -> balancer.completed(id, completion.ending()));
    }
    return known;
  }

  /**
   * Notes how requests ended that clients sent which pick by themselves. Says whether the endpoint,
   * in this incarnation, is known.
   */
  public boolean counted(String service, String id, String incarnation, Tally tally) {
    boolean known = loads.counted(service, id, incarnation, tally);
    if (known && tally.failed() > 0) {
      find(service).ifPresent(balancer -> balancer.completed(id, Ending.FAILED));
    }
    return known;
  }

  /** Lets time do its work on every service, see {@link ServiceBalancer#sweep}. */
  public void sweep() {
    services.values().forEach(ServiceBalancer::sweep);
  }

  /** Notes whether an endpoint can be reached. */
  public void connectivity(Endpoint endpoint, Connectivity connectivity) {
    find(endpoint.service()).ifPresent(service -> service.connectivity(endpoint, connectivity));
  }
}
