package dev.lookaside.core.load;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.time.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The write side of load tracking: takes reports and completions, and hands each to the endpoint's
 * {@link LiveLoad}.
 */
public final class LoadTracker implements LoadView {

  private record Key(String service, String id) {}

  private volatile TrackerSettings settings;
  private final Ticker ticker;
  private final ConcurrentMap<String, ServiceLoads> services = new ConcurrentHashMap<>();
  private final ConcurrentMap<Key, LiveLoad> loads = new ConcurrentHashMap<>();

  public LoadTracker(TrackerSettings settings, Ticker ticker) {
    this.settings = settings;
    this.ticker = ticker;
  }

  /** A tracker on this machine's clock that forgets a report when it is older than this. */
  public LoadTracker(Duration reportExpiration) {
    this(TrackerSettings.expiringReportsAfter(reportExpiration), Ticker.system());
  }

  /** From now on, believes reports for so long: those that have come, and those that will come. */
  public void expireReportsAfter(Duration reportExpiration) {
    settings = settings.withReportExpiration(reportExpiration);
    loads.values().forEach(load -> load.expireReportsAfter(reportExpiration));
  }

  /** The load of this incarnation of the endpoint; another incarnation's is forgotten. */
  @Override
  public LiveLoad of(Endpoint endpoint) {
    Key key = new Key(endpoint.service(), endpoint.id());
    return loads.compute(
        key,
        (k, load) ->
            load != null && load.isOf(endpoint.incarnation())
                ? load
                : new LiveLoad(endpoint, settings, ticker, serviceOf(endpoint.service())));
  }

  private ServiceLoads serviceOf(String service) {
    return services.computeIfAbsent(service, name -> new ServiceLoads());
  }

  public void reported(Endpoint endpoint, LoadReport report) {
    of(endpoint).reported(report);
  }

  /**
   * Notes how one request ended. Says whether the endpoint, in this incarnation, is known.
   *
   * @param incarnation as it was when the request was sent
   */
  public boolean completed(String service, String id, String incarnation, Completion completion) {
    Optional<LiveLoad> load = find(service, id, incarnation);
    load.ifPresent(l -> l.completed(completion));
    return load.isPresent();
  }

  /**
   * The load of an endpoint that is known in this incarnation.
   *
   * @param incarnation as the caller knows it
   */
  public Optional<LiveLoad> find(String service, String id, String incarnation) {
    return Optional.ofNullable(loads.get(new Key(service, id))).filter(l -> l.isOf(incarnation));
  }

  /** Notes how requests ended that others sent. Says whether the endpoint is known. */
  public boolean counted(String service, String id, String incarnation, Tally tally) {
    Optional<LiveLoad> load = find(service, id, incarnation);
    load.ifPresent(l -> l.counted(tally));
    return load.isPresent();
  }

  /** Forgets every endpoint of the table's service that is not in the table. */
  public void retain(EndpointTable table) {
    loads
        .keySet()
        .removeIf(key -> key.service().equals(table.service()) && table.find(key.id()).isEmpty());
  }
}
