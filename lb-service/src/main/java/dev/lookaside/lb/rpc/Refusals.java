package dev.lookaside.lb.rpc;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where causes become gRPC statuses. */
public final class Refusals {
  private static final Logger log = LoggerFactory.getLogger(Refusals.class);

  /** When to ask again, in gRPC's retry protocol (gRFC A6). */
  public static final Metadata.Key<String> PUSHBACK =
      Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

  // A worker that comes back is picked within about this time; asking sooner is in vain.
  private static final String PUSHBACK_MILLIS = "250";

  private Refusals() {}

  public static StatusException invalid(String message) {
    return Status.INVALID_ARGUMENT.withDescription(message).asException();
  }

  public static StatusException unknownService(String service) {
    return Status.NOT_FOUND
        .withDescription(
            "service is '" + service + "' (expected: the name of a service that was registered)")
        .asException();
  }

  /** This balancer has as much to do as it may: another one may have room. */
  public static StatusException exhausted(String reason) {
    return Status.RESOURCE_EXHAUSTED.withDescription(reason).asException(pushback());
  }

  /** This balancer is about to end: ask another one. */
  public static StatusException shuttingDown() {
    return Status.UNAVAILABLE.withDescription("the balancer is shutting down").asException();
  }

  public static StatusException unavailable(String reason) {
    return Status.UNAVAILABLE.withDescription(reason).asException(pushback());
  }

  public static StatusException notSynced() {
    return unavailable("not synced: the balancer has not read the registry yet");
  }

  /** Tells the caller no more than an id, under which the log has the cause. */
  public static StatusException internal(Throwable cause) {
    String id = UUID.randomUUID().toString();
    log.error("error {}", id, cause);
    return Status.INTERNAL.withDescription("internal error " + id).asException();
  }

  private static Metadata pushback() {
    Metadata trailers = new Metadata();
    trailers.put(PUSHBACK, PUSHBACK_MILLIS);
    return trailers;
  }
}
