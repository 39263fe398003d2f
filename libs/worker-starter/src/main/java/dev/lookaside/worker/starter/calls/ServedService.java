package dev.lookaside.worker.starter.calls;

import dev.lookaside.security.identity.RequestClaims;
import io.grpc.health.v1.HealthCheckRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a worker is about the service that it is registered as, whichever method it is:
 * who has no right to that service calls nothing of it, and follows no load of it. Its health may
 * be asked for by everybody.
 *
 * @param name of the service, as registered
 */
public record ServedService(String name) implements RequestClaims {

  @Override
  public Optional<Claim> of(@Nullable Object message) {
    return message instanceof HealthCheckRequest
        ? Optional.empty()
        : Optional.of(new Claim(name, ""));
  }
}
