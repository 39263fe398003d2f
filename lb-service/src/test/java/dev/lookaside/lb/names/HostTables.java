package dev.lookaside.lb.names;

import com.google.common.base.Splitter;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.wire.dial.AddressCheck;
import dev.lookaside.wire.dial.HostLookup;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** Tables that look names up in a map. */
public final class HostTables {
  private HostTables() {}

  /**
   * A table for these names alone.
   *
   * @param names numeric addresses by name, several of them with commas between
   */
  public static HostTable of(
      Map<String, String> names,
      Executor blocking,
      HostLimits limits,
      Ticker ticker,
      MeterRegistry meters) {
    return new HostTable(
        new HostLookup(host -> found(names, host), AddressCheck.standard()),
        blocking,
        limits,
        ticker,
        meters);
  }

  private static InetAddress[] found(Map<String, String> names, String host)
      throws UnknownHostException {
    String all = names.get(host);
    if (all == null) {
      throw new UnknownHostException(host);
    }
    List<String> texts = Splitter.on(',').splitToList(all);
    InetAddress[] found = new InetAddress[texts.size()];
    for (int i = 0; i < found.length; i++) {
      found[i] = InetAddress.getByName(texts.get(i));
    }
    return found;
  }
}
