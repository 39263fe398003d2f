package dev.lookaside.lb.shadow;

import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.balancer.ServiceSnapshot;
import dev.lookaside.core.balancer.Shadow;
import dev.lookaside.core.concurrent.DaemonThreads;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.EndpointLoad.Known;
import dev.lookaside.core.policy.PickArgs;
import dev.lookaside.core.policy.PickResult;
import dev.lookaside.core.policy.PickResult.Picked;
import dev.lookaside.core.policy.Policies;
import dev.lookaside.core.time.LineLimit;
import dev.lookaside.core.time.Ticker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks other policies what they would have picked ({@code lb.shadow}), on a thread of its own that
 * takes a tenth of a core at most: of more picks than that allows, a part is compared.
 *
 * <p>A shadow looks at the loads a few milliseconds after the pick, and sees the requests that the
 * live policy sent, not those that it would have sent: how often it differs, and how loaded its
 * choice is at that moment, are true; what would become of the loads if it picked is not told.
 */
public final class Shadows implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Shadows.class);
  private static final Duration EVERY = Duration.ofMillis(10);
  private static final long LONGEST_TURN_NANOS = Duration.ofMillis(1).toNanos();

  private final List<String> names;
  private final Balancer balancer;
  private final Policies policies;
  private final Ticker ticker;
  private final MeterRegistry meters;
  private final Counter skipped;
  private final LineLimit lines;
  private final Waiting waiting = new Waiting();
  private final Map<String, Map<String, ShadowMeters>> services = new ConcurrentHashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(new DaemonThreads("lookaside-shadow"));

  /**
   * @param names of the policies that are asked; empty: none
   */
  public Shadows(
      List<String> names,
      Balancer balancer,
      Policies policies,
      Ticker ticker,
      MeterRegistry meters) {
    this.names = List.copyOf(names);
    this.balancer = balancer;
    this.policies = policies;
    this.ticker = ticker;
    this.meters = meters;
    this.lines = new LineLimit(ticker);
    this.skipped =
        Counter.builder("lookaside.shadow.skipped")
            .description("Picks that other policies were not asked about, for want of time")
            .register(meters);
  }

  public void start() {
    if (!names.isEmpty()) {
      long nanos = EVERY.toNanos();
      var unused = thread.scheduleWithFixedDelay(this::turn, nanos, nanos, TimeUnit.NANOSECONDS);
    }
  }

  /** Takes the new table of a service, after the balancer did. */
  public void update(EndpointTable table) {
    if (names.isEmpty() || table.isEmpty()) {
      return;
    }
    services.computeIfAbsent(table.service(), name -> new ConcurrentHashMap<>());
    balancer
        .find(table.service())
        .filter(service -> service.snapshot().shadows().isEmpty())
        .ifPresent(service -> service.shadow(names.stream().map(policies::create).toList()));
  }

  /** Forgets services; their meters go with all others of theirs. */
  public void forget(Set<String> gone) {
    services.keySet().removeAll(gone);
  }

  /** Notes a pick that was made. Any thread; without shadows it costs one comparison. */
  public void picked(ServiceSnapshot snapshot, PickArgs request, PickResult result) {
    if (names.isEmpty() || !(result instanceof Picked picked)) {
      return;
    }
    if (waiting.hasRoom()) {
      waiting.add(new Asked(snapshot, request, picked));
    } else {
      skipped.increment();
    }
  }

  /** How the shadows of a service compare so far. */
  public List<ShadowStatus> status(String service) {
    Map<String, ShadowMeters> known = services.getOrDefault(service, Map.of());
    return names.stream()
        .flatMap(name ->
            Optional.ofNullable(known.get(name)).map(shadow -> shadow.status(name)).stream())
        .toList();
  }

  private void turn() {
    try {
      compareFor(LONGEST_TURN_NANOS);
    } catch (RuntimeException e) {
      lines.write("shadow", left -> log.error("a comparison failed; it goes on{}", left, e));
    }
  }

  /** What does not fit into the time waits for the next turn. */
  void compareFor(long nanos) {
    long start = ticker.nanos();
    Asked next;
    while (ticker.nanos() - start < nanos && (next = waiting.poll()) != null) {
      compare(next);
    }
  }

  private void compare(Asked asked) {
    long now = ticker.nanos();
    double live = load(asked.picked(), now, 0);
    String service = asked.snapshot().registered().service();
    Map<String, ShadowMeters> known = services.get(service);
    if (known == null) {
      return;
    }
    for (Shadow shadow : asked.snapshot().shadows()) {
      if (shadow.picker().pick(asked.request()) instanceof Picked other) {
        boolean agrees = other.endpoint().id().equals(asked.picked().endpoint().id());
        // What was picked has the request already.
        double otherLoad = agrees ? live : load(other, now, 1);
        if (Double.isFinite(live) && Double.isFinite(otherLoad)) {
          known
              .computeIfAbsent(shadow.policy(), policy -> ShadowMeters.of(meters, service, policy))
              .count(agrees, otherLoad, live);
        }
      }
    }
  }

  /** Not a number if it is not known. */
  private static double load(Picked picked, long now, int more) {
    return picked.load().at(now) instanceof Known known
        ? (known.expectedRequestsInFlight(now) + more) / picked.endpoint().capacity()
        : Double.NaN;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
