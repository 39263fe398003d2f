/**
 * Benchmarks by JMH, and measurements of processes side by side. Start at {@link
 * dev.lookaside.benchmarks.pick.PickThroughput}.
 */
@NullMarked
package dev.lookaside.benchmarks;

import org.jspecify.annotations.NullMarked;
