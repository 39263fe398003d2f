/**
 * Traces of calls whose endpoint is picked in this process; needs Micrometer. Start at {@link
 * dev.lookaside.client.grpc.tracing.TracedChannel}.
 */
@NullMarked
package dev.lookaside.client.grpc.tracing;

import org.jspecify.annotations.NullMarked;
