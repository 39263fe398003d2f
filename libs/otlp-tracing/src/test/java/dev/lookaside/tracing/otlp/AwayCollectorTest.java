package dev.lookaside.tracing.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.testing.time.Eventually;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is logged of a collector that does not take traces. */
final class AwayCollectorTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Exports often, and fails soon. */
  private static final Map<String, String> HASTY =
      Map.of("otel.bsp.schedule.delay", "20", "otel.java.exporter.otlp.retry.disabled", "true");

  private final Written written = Written.fromNowOn();
  private final HangingUp collector;

  AwayCollectorTest() throws IOException {
    collector = HangingUp.start();
  }

  @AfterEach
  void stop() throws IOException {
    HASTY.keySet().forEach(System::clearProperty);
    collector.close();
    written.close();
  }

  @Test
  void manyExportsThatFailAreOneLineWithoutAStackTrace() {
    HASTY.forEach(System::setProperty);
    try (OtlpTracing traces = OtlpTracing.to(collector.endpoint(), "away", Roots.EVERY)) {
      var unused =
          Eventually.within(
              PATIENCE,
              "five exports",
              () -> {
                traces.rpcs().begin("task").stop();
                return collector.tries() >= 5;
              });
    }
    assertThat(written.records())
        .singleElement()
        .satisfies(line -> {
          assertThat(line.getMessage())
              .startsWith("traces do not reach " + collector.endpoint() + "/v1/traces: ")
              .contains("Exception")
              .doesNotContain("\n");
          assertThat(line.getThrown()).isNull();
        });
  }

  @Test
  void whoEndsBeforeTheLastSpansArriveSaysSo() {
    try (OtlpTracing traces = OtlpTracing.to(collector.endpoint(), "away", Roots.EVERY)) {
      traces.rpcs().begin("task").stop();
    }
    assertThat(written.records())
        .extracting(LogRecord::getMessage)
        .contains("the last spans did not reach " + collector.endpoint() + "/v1/traces within 2 s");
  }
}
