package dev.lookaside.lb.xds;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.time.LineLimit;
import dev.lookaside.core.time.Ticker;
import io.netty.util.NetUtil;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which endpoints xDS can name: those with a numeric address. Clients look no name up, and refuse
 * all endpoints of a service for one that is not numeric.
 */
final class Addresses {
  private static final Logger log = LoggerFactory.getLogger(Addresses.class);
  private static final String LOCALHOST = "localhost";

  private final LineLimit lines;

  Addresses(Ticker ticker) {
    this.lines = new LineLimit(ticker);
  }

  List<Endpoint> usable(List<Endpoint> endpoints) {
    return endpoints.stream().filter(this::isUsable).toList();
  }

  private boolean isUsable(Endpoint endpoint) {
    boolean usable = numeric(endpoint.address()).isPresent();
    if (!usable) {
      lines.write(
          endpoint.service(),
          leftOut ->
              log.warn(
                  "clients by xDS do not see {} of {}: its address is {} (expected: a numeric"
                      + " one){}",
                  endpoint.id(),
                  endpoint.service(),
                  endpoint.address(),
                  leftOut));
    }
    return usable;
  }

  /** The host as clients take it, if they do. */
  static Optional<String> numeric(Address address) {
    String host = address.host().equals(LOCALHOST) ? address.place().host() : address.host();
    boolean isNumeric =
        host.indexOf('%') < 0
            && (NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host));
    return isNumeric ? Optional.of(host) : Optional.empty();
  }
}
