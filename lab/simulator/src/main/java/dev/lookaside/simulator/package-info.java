/** The command line of the simulator. Start at {@link dev.lookaside.simulator.Simulate}. */
@NullMarked
package dev.lookaside.simulator;

import org.jspecify.annotations.NullMarked;
