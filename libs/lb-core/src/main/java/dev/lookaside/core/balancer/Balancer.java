package dev.lookaside.core.balancer;

import dev.lookaside.core.concurrent.FirstFailure;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.Completion;
import dev.lookaside.core.load.Completion.Ending;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.load.Tally;
import dev.lookaside.core.policy.Policy;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.core.witness.Reporter;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * The balancers of all services. A service is known from its first table on, and forgotten when it
 * has had no endpoint for {@value #FORGOTTEN_AFTER_SECONDS} s.
 */
public final class Balancer {
  static final int FORGOTTEN_AFTER_SECONDS = 60;
  private static final long FORGOTTEN_AFTER_NANOS =
      Duration.ofSeconds(FORGOTTEN_AFTER_SECONDS).toNanos();

  private final Function<String, Policy> policyOf;
  private final LoadTracker loads;
  private final Function<String, TrafficSettings> settingsOf;
  private final Ticker ticker;
  private final SnapshotListener listener;
  private final Executor judge;
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
    this(policyOf, service -> settings, loads, ticker, SnapshotListener.none(), Runnable::run);
  }

  /**
   * Shapes the traffic of each service as its own settings say.
   *
   * @param policyOf makes the policy of a service that is seen for the first time, given its name
   * @param settingsOf says how to shape its traffic
   * @param judge where endpoints that fail are judged: not on a thread that must not wait; at most
   *     one task of each service waits there
   */
  public Balancer(
      Function<String, Policy> policyOf,
      Function<String, TrafficSettings> settingsOf,
      LoadTracker loads,
      Ticker ticker,
      SnapshotListener listener,
      Executor judge) {
    this.judge = judge;
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

  /**
   * Takes the new table of a service; an empty one says that it has no endpoint any more. The loads
   * must have it before: several balancers may share them, and none of them decides what is
   * tracked.
   */
  public void update(EndpointTable table) {
    ServiceBalancer balancer;
    do {
      balancer = services.computeIfAbsent(table.service(), this::newService);
      balancer.update(table);
      // It may have been forgotten between the two.
    } while (services.get(table.service()) != balancer);
  }

  private ServiceBalancer newService(String name) {
    return new ServiceBalancer(
        name, policyOf.apply(name), loads, settingsOf.apply(name), ticker, listener, judge);
  }

  /**
   * Notes how one request of this process' own ended. Says whether the endpoint, in this
   * incarnation, is known.
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
   * Notes how one request ended, as a client tells: no client is believed alone if there are others
   * (see {@link dev.lookaside.core.witness.Voices}). Says whether the endpoint, in this
   * incarnation, is known.
   */
  public boolean completed(
      Reporter by, String service, String id, String incarnation, Completion completion) {
    boolean known = loads.completed(by, service, id, incarnation, completion);
    if (known) {
      find(service).ifPresent(balancer -> balancer.completed(id, completion.ending()));
    }
    return known;
  }

  /**
   * Notes how requests ended that a client sent which picks by itself. Says whether the endpoint,
   * in this incarnation, is known.
   */
  public boolean counted(Reporter by, String service, String id, String incarnation, Tally tally) {
    boolean known = loads.counted(by, service, id, incarnation, tally);
    if (known && tally.failed() > 0) {
      find(service).ifPresent(balancer -> balancer.completed(id, Ending.FAILED));
    }
    return known;
  }

  /**
   * Lets time do its work on every service, see {@link ServiceBalancer#sweep}; services without
   * endpoints are forgotten in time. What fails at one service is thrown when all others had their
   * turn.
   */
  public void sweep() {
    FirstFailure failures = new FirstFailure();
    services.values().forEach(service -> failures.guard(() -> sweep(service)));
    failures.rethrow();
  }

  private void sweep(ServiceBalancer service) {
    service.sweep();
    if (service.isEmptySince(FORGOTTEN_AFTER_NANOS)) {
      forget(service);
    }
  }

  private void forget(ServiceBalancer service) {
    String name = service.snapshot().registered().service();
    services.remove(name, service);
    if (!service.snapshot().registered().isEmpty()) {
      // Endpoints came at the last moment; whoever brought them may not have seen it go.
      services.putIfAbsent(name, service);
      return;
    }
    listener.forgotten(name);
  }

  /** Notes of several endpoints of one service whether they can be reached. */
  public void connectivity(String service, Map<Endpoint, Connectivity> connectivity) {
    find(service).ifPresent(found -> found.connectivity(connectivity));
  }

  /** Notes whether an endpoint can be reached. */
  public void connectivity(Endpoint endpoint, Connectivity connectivity) {
    find(endpoint.service()).ifPresent(service -> service.connectivity(endpoint, connectivity));
  }
}
