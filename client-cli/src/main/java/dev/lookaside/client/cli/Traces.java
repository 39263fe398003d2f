package dev.lookaside.client.cli;

import dev.lookaside.tracing.RpcTracing;
import dev.lookaside.tracing.otlp.OtlpTracing;
import dev.lookaside.tracing.otlp.Roots;
import java.net.URI;
import java.util.Optional;

/** Traces of the tasks of a command, as long as it runs. */
record Traces(Optional<OtlpTracing> sent) implements AutoCloseable {
  static final Traces NONE = new Traces(Optional.empty());

  /**
   * @throws IllegalArgumentException naming the address and what is allowed
   */
  static Traces to(URI collector) {
    return new Traces(Optional.of(OtlpTracing.to(collector, TaskCommand.NAME, Roots.EVERY)));
  }

  RpcTracing rpcs() {
    return sent.map(OtlpTracing::rpcs).orElseGet(RpcTracing::off);
  }

  /** Sends what is left. */
  @Override
  public void close() {
    sent.ifPresent(OtlpTracing::close);
  }
}
