/** Runs a scenario: one strategy, one seed. Start at {@link Simulation}. */
@NullMarked
package dev.lookaside.simulator.run;

import org.jspecify.annotations.NullMarked;
