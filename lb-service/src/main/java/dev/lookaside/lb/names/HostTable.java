package dev.lookaside.lb.names;

import dev.lookaside.core.concurrent.DaemonThreads;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.time.LineLimit;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.wire.dial.HostLookup;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.NetUtil;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where hosts are, by number. Nobody waits here: a name is looked up on threads that may block,
 * once and then again whenever it has got old, and whoever asked is told that there is news.
 *
 * <p>A look-up that fails changes nothing: the address of before stays, for as long as the name is
 * asked for. While a name has several addresses, the one in use stays too, so that clients do not
 * reconnect whenever a resolver changes the order.
 *
 * <p>For one thread, the one that is given to {@link #start}.
 */
public final class HostTable {
  private static final Logger log = LoggerFactory.getLogger(HostTable.class);
  private static final String LOCALHOST = "localhost";
  private static final int THREADS = 4;
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final HostLookup lookup;
  private final Executor blocking;
  private final HostLimits limits;
  private final Ticker ticker;
  private final LookupMeters meters;
  private final LineLimit lines;
  private final Map<String, Host> hosts = new HashMap<>();
  private Executor context = Runnable::run;
  private Runnable news = () -> {};

  /**
   * @param blocking where names are looked up
   */
  HostTable(
      HostLookup lookup,
      Executor blocking,
      HostLimits limits,
      Ticker ticker,
      MeterRegistry meters) {
    this.lookup = lookup;
    this.blocking = blocking;
    this.limits = limits;
    this.ticker = ticker;
    this.meters = new LookupMeters(meters, hosts::size);
    this.lines = new LineLimit(ticker);
  }

  /** One with a few threads of its own, which end when nothing is looked up. */
  public static HostTable of(
      HostLookup lookup, HostLimits limits, Ticker ticker, MeterRegistry meters) {
    // No name waits here twice, so that the queue is as bounded as the names are.
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE.toNanos(),
            TimeUnit.NANOSECONDS,
            new LinkedBlockingQueue<>(),
            new DaemonThreads("lookaside-names"));
    threads.allowCoreThreadTimeOut(true);
    return new HostTable(lookup, threads, limits, ticker, meters);
  }

  /**
   * From now on whoever asks is told of news.
   *
   * @param newContext runs what happens to this table
   * @param newNews runs there when a host is elsewhere than it was said to be
   */
  public void start(Executor newContext, Runnable newNews) {
    context = newContext;
    news = newNews;
  }

  /** Where a host is, as far as it is known now. */
  public Place of(Address address) {
    String host = address.host().equals(LOCALHOST) ? address.place().host() : address.host();
    if (NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host)) {
      return numeric(host);
    }
    long now = ticker.nanos();
    Host known = hosts.get(host);
    if (known == null) {
      if (hosts.size() >= limits.most()) {
        complain("host " + host + " is one of too many; xDS clients do not see it", "too many");
        return new Place.Nowhere();
      }
      known = new Host(address, now);
      hosts.put(host, known);
      ask(known);
    }
    known.usedNanos = now;
    return known.place();
  }

  private Place numeric(String host) {
    if (host.indexOf('%') < 0) {
      return new Place.Known(host);
    }
    complain("host " + host + " is of one machine only; xDS clients do not see it", host);
    return new Place.Nowhere();
  }

  private void complain(String trouble, String cause) {
    lines.write(cause, leftOut -> log.warn("{}{}", trouble, leftOut));
  }

  /** To be called every now and then: asks again what is old, and forgets what nobody wants. */
  public void tick() {
    long now = ticker.nanos();
    hosts
        .values()
        .removeIf(host -> !host.isAsked && now - host.usedNanos > limits.unused().toNanos());
    boolean gaveUp = false;
    for (Host host : List.copyOf(hosts.values())) {
      if (!host.isAsked && now - host.dueNanos >= 0) {
        ask(host);
      }
      gaveUp |= host.givesUp(now, limits.patience());
    }
    if (gaveUp) {
      news.run();
    }
  }

  private void ask(Host host) {
    host.isAsked = true;
    blocking.execute(() -> {
      HostLookup.Found found = lookup.of(host.address);
      context.execute(() -> answered(host, found));
    });
  }

  private void answered(Host host, HostLookup.Found found) {
    meters.answered(found);
    Place before = host.place();
    String trouble = host.take(found, ticker.nanos(), limits);
    if (!trouble.isEmpty()) {
      complain(trouble, host.address.host());
    }
    if (!host.place().equals(before)) {
      news.run();
    }
  }
}
