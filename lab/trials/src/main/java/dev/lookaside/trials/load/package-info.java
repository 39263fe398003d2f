/**
 * The command-line client's load, and what it prints, read back. Start at {@link
 * dev.lookaside.trials.load.LoadGenerator}.
 */
@NullMarked
package dev.lookaside.trials.load;

import org.jspecify.annotations.NullMarked;
