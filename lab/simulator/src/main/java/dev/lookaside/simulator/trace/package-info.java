/**
 * Traces: when requests came to a real service and how much work each brought, read from a CSV
 * file. Start at {@link Trace} and {@link TraceFile}.
 */
@NullMarked
package dev.lookaside.simulator.trace;

import org.jspecify.annotations.NullMarked;
