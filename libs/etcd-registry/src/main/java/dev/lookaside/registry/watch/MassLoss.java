package dev.lookaside.registry.watch;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointState;
import dev.lookaside.core.time.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Tells a crash from an accident of etcd: when two or more endpoints of a service, and more than
 * half of it, vanish within one lease TTL, or any at all because etcd's history was rewritten, they
 * are more likely alive than dead, and are asked before they go. One that said it was draining
 * meant to go and is not suspected.
 */
final class MassLoss {
  private static final int FEWEST = 2;

  private record Loss(Endpoint endpoint, long nanos) {}

  private final Ticker ticker;
  private final long windowNanos;
  private final Map<String, Deque<Loss>> recent = new HashMap<>();

  MassLoss(Ticker ticker, Duration window) {
    this.ticker = ticker;
    this.windowNanos = window.toNanos();
  }

  /**
   * Adds what was just lost.
   *
   * @param liveCount how many endpoints a service has left
   * @return whom to ask: those just lost, and those lost earlier within the window
   */
  List<Endpoint> suspects(
      List<Endpoint> justLost, ToIntFunction<String> liveCount, History history) {
    forgetOld();
    long now = ticker.nanos();
    Set<String> services = new HashSet<>();
    for (Endpoint endpoint : justLost) {
      if (endpoint.state() != EndpointState.DRAINING) {
        services.add(endpoint.service());
        recent
            .computeIfAbsent(endpoint.service(), name -> new ArrayDeque<>())
            .add(new Loss(endpoint, now));
      }
    }
    List<Endpoint> suspects = new ArrayList<>();
    for (String service : services) {
      Deque<Loss> losses = recent.getOrDefault(service, new ArrayDeque<>());
      boolean many = losses.size() >= FEWEST && losses.size() > liveCount.applyAsInt(service);
      if (many || history == History.REWRITTEN) {
        losses.forEach(loss -> suspects.add(loss.endpoint()));
      }
    }
    return suspects;
  }

  /** To be called from time to time, also when nothing is lost. */
  void forgetOld() {
    long now = ticker.nanos();
    recent.values().forEach(losses -> losses.removeIf(loss -> now - loss.nanos() >= windowNanos));
    recent.values().removeIf(Deque::isEmpty);
  }
}
