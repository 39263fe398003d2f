package dev.lookaside.limits;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Counts how often each limit was hit. */
public final class LimitMeters implements LimitListener {
  private final Map<Limit, Counter> hits = new EnumMap<>(Limit.class);

  public LimitMeters(MeterRegistry meters) {
    for (Limit limit : Limit.values()) {
      hits.put(
          limit,
          Counter.builder("lookaside.limits.hit")
              .description("How often peers were refused something for a limit")
              .tag("limit", limit.tag())
              .register(meters));
    }
  }

  /** Shows what the peers of a server have taken. */
  public static void show(PeerGuard guard, MeterRegistry meters) {
    Gauge.builder("lookaside.peers.connections", guard, PeerGuard::connections)
        .description("Connections of peers")
        .register(meters);
    Gauge.builder("lookaside.peers.calls", guard, PeerGuard::calls)
        .description("Calls of peers that are open")
        .register(meters);
    Gauge.builder("lookaside.peers.message", guard, PeerGuard::messageBytes)
        .description("What messages take that have come in part")
        .baseUnit("bytes")
        .register(meters);
  }

  @Override
  public void hit(Limit limit, String peer, String reason) {
    Objects.requireNonNull(hits.get(limit)).increment();
  }
}
