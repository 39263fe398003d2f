/** What subscribers cost a balancer. Start at {@link SubscriberBenchmark}. */
@NullMarked
package dev.lookaside.benchmarks.subscribe;

import org.jspecify.annotations.NullMarked;
