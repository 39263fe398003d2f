/**
 * What a pick costs: in the process by JMH ({@link PickerBenchmark}), over the wire by {@link
 * PickThroughput}.
 */
@NullMarked
package dev.lookaside.benchmarks.pick;

import org.jspecify.annotations.NullMarked;
