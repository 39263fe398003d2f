package dev.lookaside.worker.grpc;

import io.grpc.Status;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the log the cause of a failure and the caller no more than an id to find it by. */
final class Failures {
  private static final Logger log = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  static Status toStatus(String what, Throwable cause) {
    String id = UUID.randomUUID().toString();
    log.error("{} failed, error id {}", what, id, cause);
    return Status.INTERNAL.withDescription(what + " failed, error id " + id);
  }
}
