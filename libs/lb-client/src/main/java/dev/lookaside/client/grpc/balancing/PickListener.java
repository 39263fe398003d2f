package dev.lookaside.client.grpc.balancing;

import dev.lookaside.core.endpoint.Endpoint;

/** Is told which endpoint a call is given; a call that is tried again is given several. */
@FunctionalInterface
public interface PickListener {

  /**
   * An endpoint was picked. Runs on the thread that makes the call or on the channel's: it must not
   * block, or throw.
   *
   * @param policy by which
   */
  void picked(Endpoint endpoint, String policy);
}
