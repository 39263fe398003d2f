/**
 * Spans of RPCs, by the semantic conventions of OpenTelemetry. Start at {@link
 * dev.lookaside.tracing.RpcTracing}.
 */
@NullMarked
package dev.lookaside.tracing;

import org.jspecify.annotations.NullMarked;
