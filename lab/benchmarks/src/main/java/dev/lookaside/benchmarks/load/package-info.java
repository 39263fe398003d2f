/** How soon a balancer has reached thousands of endpoints. Start at {@link Thousands}. */
@NullMarked
package dev.lookaside.benchmarks.load;

import org.jspecify.annotations.NullMarked;
