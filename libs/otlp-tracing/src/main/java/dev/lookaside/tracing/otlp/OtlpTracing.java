package dev.lookaside.tracing.otlp;

import dev.lookaside.core.check.Require;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.tracing.RpcTracing;
import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spans of RPCs that go to a collector, by OTLP over HTTP. They are sent by a thread of their own,
 * and what it cannot send in time is dropped: a collector that is away or slow costs no call
 * anything.
 *
 * <p>Where they go and that they go is said here; all else, such as headers, certificates, the
 * sampler or attributes of the resource, by OpenTelemetry's own variables {@code OTEL_*}. Its
 * registry makes spans and nothing else: no metric changes with it.
 */
public final class OtlpTracing implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OtlpTracing.class);
  private static final String SCOPE = "dev.lookaside";
  private static final String PATH = "/v1/traces";

  /** What callers say of themselves may be long, and waits here to be sent. */
  private static final String LONGEST_VALUE = "256";

  private static final long CLOSE_SECONDS = 2;

  private final String collector;
  private final OpenTelemetrySdk sdk;
  private final RpcTracing rpcs;
  private final AtomicBoolean closed = new AtomicBoolean();

  private OtlpTracing(String collector, OpenTelemetrySdk sdk) {
    this.collector = collector;
    this.sdk = sdk;
    this.rpcs = new RpcTracing(registry(sdk));
  }

  /**
   * Begins to send.
   *
   * @param collector such as {@code http://localhost:4318}
   * @param service what this process is called in a trace, if {@code OTEL_SERVICE_NAME} says
   *     nothing else
   * @param roots if {@code OTEL_TRACES_SAMPLER} says nothing else
   * @throws IllegalArgumentException naming the address and what is allowed
   */
  public static OtlpTracing to(URI collector, String service, Roots roots) {
    require("collector", collector);
    String address = withPath(collector);
    ExportLog.keepShort(address, Ticker.system());
    Map<String, String> unlessSaidOtherwise =
        Map.of(
            "otel.service.name",
            service,
            "otel.traces.sampler",
            roots.sampler(),
            // Baggage is anybody's words, which we would hand on.
            "otel.propagators",
            "tracecontext",
            "otel.attribute.value.length.limit",
            LONGEST_VALUE);
    Map<String, String> always =
        Map.of(
            "otel.traces.exporter", "otlp",
            "otel.exporter.otlp.traces.endpoint", address,
            "otel.exporter.otlp.traces.protocol", "http/protobuf",
            "otel.metrics.exporter", "none",
            "otel.logs.exporter", "none");
    return new OtlpTracing(
        address,
        AutoConfiguredOpenTelemetrySdk.builder()
            .disableShutdownHook()
            .addPropertiesSupplier(() -> unlessSaidOtherwise)
            .addPropertiesCustomizer(config -> always)
            .build()
            .getOpenTelemetrySdk());
  }

  /** Refuses what is no address of a collector. */
  public static void require(String name, URI collector) {
    Require.that(
        List.of("http", "https").contains(String.valueOf(collector.getScheme()))
            && collector.getHost() != null,
        name,
        collector.toString(),
        "such as http://localhost:4318");
  }

  private static String withPath(URI collector) {
    String given = collector.toString().replaceFirst("/$", "");
    return given.endsWith(PATH) ? given : given + PATH;
  }

  private static ObservationRegistry registry(OpenTelemetrySdk sdk) {
    Tracer spans = sdk.getTracer(SCOPE);
    var tracer = new OtelTracer(spans, new OtelCurrentTraceContext(), event -> {});
    var propagator = new OtelPropagator(sdk.getPropagators(), spans);
    ObservationRegistry registry = ObservationRegistry.create();
    // The first that fits makes the span.
    registry
        .observationConfig()
        .observationHandler(
            new FirstMatchingCompositeObservationHandler(
                new ServedCalls(tracer, propagator),
                new MadeCalls(tracer, propagator),
                new DefaultTracingObservationHandler(tracer)));
    return registry;
  }

  public RpcTracing rpcs() {
    return rpcs;
  }

  /** Sends what is left, for {@value #CLOSE_SECONDS} seconds at most. Idempotent. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    var sent = sdk.getSdkTracerProvider().shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
    if (!sent.isDone()) {
      log.warn("the last spans did not reach {} within {} s", collector, CLOSE_SECONDS);
    }
  }
}
