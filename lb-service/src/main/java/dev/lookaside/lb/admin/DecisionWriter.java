package dev.lookaside.lb.admin;

import dev.lookaside.registry.control.ServiceControl;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** Where decisions of operators go. A future fails with {@link Refused}. */
@FunctionalInterface
public interface DecisionWriter {

  /**
   * Stores a change of what is decided of a service.
   *
   * @param action what is done, in a word
   * @param what to whom
   */
  CompletableFuture<Applied> write(
      String action, String service, String what, Note note, UnaryOperator<ServiceControl> change);

  /** One that keeps nothing, and says why. */
  static DecisionWriter refusing(String reason) {
    return (action, service, what, note, change) ->
        CompletableFuture.failedFuture(new Refused(Refused.Kind.PRECONDITION, reason));
  }
}
