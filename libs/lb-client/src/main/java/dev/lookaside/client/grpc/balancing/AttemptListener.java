package dev.lookaside.client.grpc.balancing;

import dev.lookaside.core.endpoint.Endpoint;
import io.grpc.Status;

/** Is told where a call went; a call that is tried again goes to several endpoints. */
@FunctionalInterface
public interface AttemptListener {

  /**
   * An attempt has ended. Runs on a transport's thread: it must not block.
   *
   * @param status of this attempt, not yet of the call
   */
  void ended(Endpoint endpoint, Status status);
}
