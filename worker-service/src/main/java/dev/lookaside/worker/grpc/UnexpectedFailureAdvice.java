package dev.lookaside.worker.grpc;

import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import net.devh.boot.grpc.server.advice.GrpcAdvice;
import net.devh.boot.grpc.server.advice.GrpcExceptionHandler;

/**
 * What a handler throws reaches the caller as INTERNAL with an error id, never as a stack trace.
 */
@GrpcAdvice
public final class UnexpectedFailureAdvice {

  @GrpcExceptionHandler
  public Status handle(Throwable thrown) {
    if (thrown instanceof StatusRuntimeException chosen) {
      return chosen.getStatus();
    }
    if (thrown instanceof StatusException chosen) {
      return chosen.getStatus();
    }
    return Failures.toStatus("call", thrown);
  }
}
