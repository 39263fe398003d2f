package dev.lookaside.client.task;

import dev.lookaside.client.task.PickAnswer.Absent;
import dev.lookaside.client.task.PickAnswer.Found;
import dev.lookaside.client.task.PickAnswer.NoBalancer;
import dev.lookaside.client.task.PickAnswer.NoWorker;
import dev.lookaside.client.task.PickAnswer.Refused;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.v1.Endpoint;
import dev.lookaside.v1.PickResponse;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the answer of one balancer off the wire. */
final class PickAnswers {

  /** When to ask again, in gRPC's retry protocol (gRFC A6). */
  static final Metadata.Key<String> PUSHBACK =
      Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

  private PickAnswers() {}

  static PickAnswer of(Address balancer, Reply<PickResponse> reply) {
    return reply instanceof Reply.Value<PickResponse> answer
        ? found(balancer, answer.value())
        : failed(balancer, (Reply.Failure<PickResponse>) reply);
  }

  /** The more telling of two failures: that of a balancer which did answer, or else both. */
  static Absent combine(Absent one, Absent other) {
    if (one instanceof NoBalancer first && other instanceof NoBalancer second) {
      return first.and(second);
    }
    return one instanceof NoWorker ? one : other;
  }

  private static PickAnswer found(Address balancer, PickResponse response) {
    Endpoint endpoint = response.getEndpoint();
    try {
      return new Found(
          new Pick(
              balancer,
              endpoint.getService(),
              endpoint.getId(),
              Address.parse(endpoint.getAddress()),
              endpoint.getIncarnation(),
              response.getPolicy(),
              response.getToken()));
    } catch (IllegalArgumentException e) {
      return new Refused(
          Status.INTERNAL.withDescription(
              "balancer " + balancer + " gave a wrong answer: " + e.getMessage()));
    }
  }

  private static PickAnswer failed(Address balancer, Reply.Failure<PickResponse> failure) {
    Status status = failure.status();
    @Nullable String pushback = failure.trailers().get(PUSHBACK);
    if (pushback != null) {
      return pushback.matches("\\d{1,9}")
          ? new NoWorker(status, Duration.ofMillis(Long.parseLong(pushback)))
          : new Refused(status); // gRFC A6: anything but a number >= 0 means "do not retry"
    }
    return switch (status.getCode()) {
      case NOT_FOUND -> new NoWorker(status, Duration.ZERO);
      case INVALID_ARGUMENT, UNAUTHENTICATED, PERMISSION_DENIED -> new Refused(status);
      case UNIMPLEMENTED ->
          new Refused(
              status.withDescription(balancer + " is not a balancer: " + status.getDescription()));
      case DEADLINE_EXCEEDED -> new NoBalancer(List.of(balancer + " does not answer in time"));
      default -> new NoBalancer(List.of(balancer + ": " + Failures.describe(status)));
    };
  }
}
