package dev.lookaside.lb.xds;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.time.LineLimit;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.lb.names.HostTable;
import dev.lookaside.lb.names.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where clients shall connect, by number: they look no name up, and refuse all endpoints of a
 * service for one that is not numeric, or for two with the same address.
 */
final class Addresses {
  private static final Logger log = LoggerFactory.getLogger(Addresses.class);

  private final HostTable hosts;
  private final LineLimit lines;

  /**
   * Some endpoints, as far as they can be named.
   *
   * @param known each at its numeric address, in the order of before
   * @param awaited how many more there may be any moment
   */
  record Located(Map<Address, Endpoint> known, int awaited) {}

  Addresses(HostTable hosts, Ticker ticker) {
    this.hosts = hosts;
    this.lines = new LineLimit(ticker);
  }

  Located of(List<Endpoint> endpoints) {
    Map<Address, Endpoint> known = new LinkedHashMap<>();
    int awaited = 0;
    for (Endpoint endpoint : endpoints) {
      Place place = hosts.of(endpoint.address());
      if (place instanceof Place.Known at) {
        Address address = new Address(at.host(), endpoint.address().port());
        Endpoint other = known.putIfAbsent(address, endpoint);
        if (other != null) {
          sayThatItIsThere(endpoint, other);
        }
      } else if (place instanceof Place.Awaited) {
        awaited++;
      }
    }
    return new Located(known, awaited);
  }

  private void sayThatItIsThere(Endpoint endpoint, Endpoint other) {
    lines.write(
        endpoint.service(),
        leftOut ->
            log.warn(
                "clients by xDS do not see {} of {}: its address {} is that of {}{}",
                endpoint.id(),
                endpoint.service(),
                endpoint.address(),
                other.id(),
                leftOut));
  }
}
