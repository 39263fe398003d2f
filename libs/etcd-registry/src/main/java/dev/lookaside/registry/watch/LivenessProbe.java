package dev.lookaside.registry.watch;

import dev.lookaside.core.endpoint.Endpoint;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Asks an endpoint itself whether it serves, when etcd's word alone is not believed: many vanished
 * at once.
 */
@FunctionalInterface
public interface LivenessProbe {

  /**
   * Must not block. False, a failure, or no answer within a second all count as not serving, unless
   * the answer is true.
   */
  CompletionStage<Boolean> isServing(Endpoint endpoint);

  /** Believes etcd always. */
  static LivenessProbe none() {
    return endpoint -> CompletableFuture.completedFuture(false);
  }
}
