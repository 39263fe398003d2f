/**
 * What dashboards and rules ask for, and what a process exports. Start at {@link
 * dev.lookaside.testing.metrics.Queries}.
 */
@NullMarked
package dev.lookaside.testing.metrics;

import org.jspecify.annotations.NullMarked;
