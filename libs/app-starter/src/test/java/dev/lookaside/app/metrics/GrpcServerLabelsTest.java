package dev.lookaside.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GrpcServerLabelsTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @BeforeEach
  void filter() {
    meters.config().meterFilter(new GrpcServerLabels());
  }

  @Test
  void theLabelsOfGrpcServersAreSpelledAsTheFieldDoes() {
    meters.timer(
        "grpc.server.processing.duration",
        "service",
        "lookaside.v1.Admin",
        "method",
        "Watch",
        "methodType",
        "SERVER_STREAMING",
        "statusCode",
        "OK");

    assertThat(
            meters
                .get("grpc.server.processing.duration")
                .tags(
                    "grpc_service", "lookaside.v1.Admin",
                    "grpc_method", "Watch",
                    "grpc_type", "server_stream",
                    "grpc_code", "OK")
                .timer()
                .getId()
                .getTag("service"))
        .isNull();
  }

  @Test
  void theLabelServiceOfAllOthersStays() {
    meters.counter("lookaside.picks", "service", "worker");

    assertThat(meters.get("lookaside.picks").tag("service", "worker").counter()).isNotNull();
  }
}
