package dev.lookaside.core.load;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.core.witness.Reporter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The write side of load tracking: takes reports and completions, and hands each to the endpoint's
 * {@link LiveLoad}.
 *
 * <p>What is tracked is what the latest tables hold, and only a table changes it: a report or an
 * outcome of an endpoint that is gone, or of another incarnation, has nowhere to go.
 */
public final class LoadTracker implements LoadView {
  private volatile TrackerSettings settings;
  private final Ticker ticker;
  private final ConcurrentMap<String, ServiceLoads> services = new ConcurrentHashMap<>();

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
    services.values().forEach(service -> service.expireReportsAfter(reportExpiration));
  }

  /**
   * Tracks the endpoints of this table from now on. What is known of those that stay, in the same
   * incarnation, is kept; all else of the service is forgotten. For one thread at a time.
   */
  public void update(EndpointTable table) {
    if (table.isEmpty()) {
      services.remove(table.service());
      return;
    }
    ServiceLoads service =
        services.computeIfAbsent(table.service(), name -> new ServiceLoads(ticker.nanos()));
    table.endpoints().forEach(endpoint -> track(endpoint, service));
    service.retain(table);
  }

  private void track(Endpoint endpoint, ServiceLoads service) {
    if (service.find(endpoint.id(), endpoint.incarnation()).isEmpty()) {
      service.put(endpoint.id(), new LiveLoad(endpoint, settings, ticker, service));
    }
  }

  @Override
  public LiveLoad of(Endpoint endpoint) {
    return find(endpoint.service(), endpoint.id(), endpoint.incarnation())
        .orElseGet(
            () -> new LiveLoad(endpoint, settings, ticker, new ServiceLoads(ticker.nanos())));
  }

  public void reported(Endpoint endpoint, LoadReport report) {
    find(endpoint.service(), endpoint.id(), endpoint.incarnation())
        .ifPresent(load -> load.reported(report));
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
   * Notes how one request ended, as a client tells. Says whether the endpoint, in this incarnation,
   * is known.
   */
  public boolean completed(
      Reporter by, String service, String id, String incarnation, Completion completion) {
    Optional<LiveLoad> load = find(service, id, incarnation);
    load.ifPresent(l -> l.completed(by, completion));
    return load.isPresent();
  }

  /**
   * The load of an endpoint that is known in this incarnation.
   *
   * @param incarnation as the caller knows it
   */
  public Optional<LiveLoad> find(String service, String id, String incarnation) {
    ServiceLoads loads = services.get(service);
    return loads == null ? Optional.empty() : loads.find(id, incarnation);
  }

  /** Notes how requests ended that others sent. Says whether the endpoint is known. */
  public boolean counted(Reporter by, String service, String id, String incarnation, Tally tally) {
    Optional<LiveLoad> load = find(service, id, incarnation);
    load.ifPresent(l -> l.counted(by, tally));
    return load.isPresent();
  }
}
