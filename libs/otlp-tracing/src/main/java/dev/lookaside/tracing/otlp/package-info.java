/** Sends spans to a collector. Start at {@link dev.lookaside.tracing.otlp.OtlpTracing}. */
@NullMarked
package dev.lookaside.tracing.otlp;

import org.jspecify.annotations.NullMarked;
