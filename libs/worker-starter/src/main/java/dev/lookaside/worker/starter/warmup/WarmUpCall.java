package dev.lookaside.worker.starter.warmup;

import io.grpc.Channel;

/**
 * A call that a new worker makes to itself, several times, before it registers: it loads the
 * classes and compiles the code that the first caller would wait for otherwise. Declare beans of
 * this type for your own services, with calls that change nothing.
 */
@FunctionalInterface
public interface WarmUpCall {

  /**
   * Calls, and waits for the answer. Every call has a deadline; what it throws ends the warm-up.
   */
  void to(Channel self) throws Exception;
}
