package dev.lookaside.core.load;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
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

  private final Duration expiration;
  private final ConcurrentMap<Key, LiveLoad> loads = new ConcurrentHashMap<>();

  /** A tracker that forgets a report when it is older than {@code expiration}. */
  public LoadTracker(Duration expiration) {
    if (expiration.isZero() || expiration.isNegative()) {
      throw new IllegalArgumentException(
          "load expiration is " + expiration + " (expected: above 0)");
    }
    this.expiration = expiration;
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
                : new LiveLoad(endpoint, expiration));
  }

  public void reported(Endpoint endpoint, LoadReport report) {
    of(endpoint).reported(report);
  }

  /** Notes one completion. Says whether the endpoint, in this incarnation, is known. */
  public boolean completed(String service, String id, String incarnation) {
    Optional<LiveLoad> load =
        Optional.ofNullable(loads.get(new Key(service, id))).filter(l -> l.isOf(incarnation));
    load.ifPresent(LiveLoad::completed);
    return load.isPresent();
  }

  /** Forgets every endpoint of the table's service that is not in the table. */
  public void retain(EndpointTable table) {
    loads
        .keySet()
        .removeIf(key -> key.service().equals(table.service()) && table.find(key.id()).isEmpty());
  }
}
