package dev.lookaside.registry.watch;

import dev.lookaside.core.endpoint.Endpoint;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Asks endpoints whether they serve, a bounded number at a time, each for at most a second. Used by
 * one thread; the answers are handed over on others.
 */
final class Probes {
  private static final int MAX_IN_FLIGHT = 256;
  private static final long TIMEOUT_MILLIS = 1_000;

  private final LivenessProbe probe;
  private final BiConsumer<Endpoint, Boolean> answers;
  private final Deque<Endpoint> waiting = new ArrayDeque<>();
  private final Set<Endpoint> asked = new HashSet<>();
  private int inFlight;

  Probes(LivenessProbe probe, BiConsumer<Endpoint, Boolean> answers) {
    this.probe = probe;
    this.answers = answers;
  }

  /** Asks those that are not being asked already. */
  void ask(Collection<Endpoint> endpoints) {
    for (Endpoint endpoint : endpoints) {
      if (asked.add(endpoint)) {
        waiting.add(endpoint);
      }
    }
    sendNext();
  }

  /** To be called for each answer, on the one thread. */
  void answered(Endpoint endpoint) {
    asked.remove(endpoint);
    inFlight--;
    sendNext();
  }

  private void sendNext() {
    while (inFlight < MAX_IN_FLIGHT && !waiting.isEmpty()) {
      inFlight++;
      send(waiting.remove());
    }
  }

  private void send(Endpoint endpoint) {
    CompletableFuture<Boolean> answer;
    try {
      answer = probe.isServing(endpoint).toCompletableFuture().copy();
    } catch (RuntimeException | Error e) {
      answer = CompletableFuture.failedFuture(e);
    }
    CompletableFuture<?> handedOver =
        answer
            .orTimeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
            .handle((serving, failure) -> failure == null && Boolean.TRUE.equals(serving))
            .thenAccept(serving -> answers.accept(endpoint, serving));
    assert handedOver != null;
  }
}
